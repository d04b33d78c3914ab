"""Runs a script of features on Spark: `python feature_sql.py '{"events": "….parquet", "script": "….sql"}'`.

The events become the view `events` with `ts` from microseconds `us`; the script makes the view `features`. Prints {"version", "ms", "rows":
[{name: value}]}.
"""

import json
import sys
import time

import pyspark
from pyspark.sql import SparkSession

INPUT = json.loads(sys.argv[1])
session = (
    SparkSession.builder.master("local[2]")
    .config("spark.ui.enabled", "false")
    .config("spark.driver.bindAddress", "127.0.0.1")
    .config("spark.driver.host", "127.0.0.1")
    .config("spark.sql.shuffle.partitions", "2")
    .config("spark.sql.session.timeZone", "UTC")
    .getOrCreate()
)
session.sparkContext.setLogLevel("ERROR")
events = session.read.parquet(INPUT["events"]).selectExpr("timestamp_micros(us) AS ts", "*")
events.drop("us").createOrReplaceTempView("events")
started = time.perf_counter()
for statement in open(INPUT["script"], encoding="utf-8").read().split(";\n"):
    if statement.strip():
        session.sql(statement)
rows = [row.asDict() for row in session.sql("SELECT * FROM features").collect()]
ms = 1000 * (time.perf_counter() - started)
session.stop()
print(json.dumps({"version": pyspark.__version__, "ms": ms, "rows": rows}))
