"""Runs exported rules on one SQL engine: `python rules_sql.py '{"engine": "sqlite", "folder": "…"}'`.

The folder holds work.json: {"logs": [{"name", "columns": [[name, type]], "features": [name]}], "queries": [{"rule", "log",
"groups", "file": {engine: name}}]}, and for each log <name>.parquet (us BIGINT, then the columns) and <name>.features.parquet.
Each query file is run as it was exported, over tables <name>_events and <name>_features. Hits go to hits.<engine>.ndjson, one
line [query, [group, …], at] each. Prints {"loadMs", "version", "queries": [{"ms"} or {"error"}]}.
"""

import csv
import json
import os
import subprocess
import sys
import time

INPUT = json.loads(sys.argv[1])
ENGINE, FOLDER = INPUT["engine"], INPUT["folder"]
WORK = json.load(open(os.path.join(FOLDER, "work.json")))


def path(name):
    return os.path.join(FOLDER, name)


def text_of(query):
    return open(path(query["file"][ENGINE]), encoding="utf-8", newline="").read()


def table(name):
    import pyarrow.parquet as pq

    return pq.read_table(path(name))


def sqlite():
    import sqlite3

    db = sqlite3.connect(":memory:")
    types = {"VARCHAR": "TEXT", "DOUBLE": "REAL", "BIGINT": "INTEGER"}

    def fill(name, columns, rows):
        declared = ", ".join(f'"{column}" {types[kind]}' for column, kind in columns)
        db.execute(f'CREATE TABLE "{name}" ({declared})')
        db.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(columns))})', rows)

    for log in WORK["logs"]:
        columns = [["ts", "BIGINT"], *log["columns"]]
        fill(log["name"] + "_events", columns, zip(*table(log["name"] + ".parquet").to_pydict().values()))
        columns = [["actor_id", "VARCHAR"], *[[name, "DOUBLE"] for name in log["features"]]]
        fill(log["name"] + "_features", columns, zip(*table(log["name"] + ".features.parquet").to_pydict().values()))
    return sqlite3.sqlite_version, lambda query: db.execute(text_of(query)).fetchall()


def postgres():
    binaries = INPUT["binaries"]
    data, account = path("postgres"), INPUT["account"]
    as_account = {"user": account} if account else {}
    os.makedirs(data, exist_ok=True)
    if account:
        import shutil

        os.chmod(FOLDER, 0o755)
        shutil.chown(data, account)

    def quiet(*args):
        subprocess.run(args, check=True, stdout=subprocess.DEVNULL, **as_account)

    quiet(f"{binaries}/initdb", "-D", data, "-U", "bench", "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8", "--no-sync")
    settings = f"-c listen_addresses='' -c unix_socket_directories={data} -c fsync=off -c jit=off -c work_mem=256MB"
    quiet(f"{binaries}/pg_ctl", "-D", data, "-w", "-l", os.path.join(data, "log"), "-o", settings, "start")
    FINALLY.append(lambda: quiet(f"{binaries}/pg_ctl", "-D", data, "-m", "immediate", "stop"))

    def psql(*args):
        command = ["psql", "-X", "-q", "-h", data, "-U", "bench", "-d", "postgres", "-v", "ON_ERROR_STOP=1", *args]
        done = subprocess.run(command, capture_output=True, encoding="utf-8")
        if done.returncode != 0:
            raise RuntimeError(done.stderr.strip()[:500])
        return done.stdout

    types = {"VARCHAR": "text", "DOUBLE": "double precision", "BIGINT": "bigint"}

    script = []

    def fill(name, columns, make):
        import pyarrow.csv as pc

        # Empty texts are quoted and missing ones are not, which is how COPY tells them apart.
        file = path(name + ".csv")
        parquet = table(name.replace("_events", "").replace("_features", ".features") + ".parquet")
        pc.write_csv(parquet, file, pc.WriteOptions(include_header=False, quoting_style="needed"))
        declared = ", ".join(f'"{column}" {types[kind]}' for column, kind in columns)
        script.extend(
            [
                f"CREATE TABLE staged ({declared});",
                f"\\copy staged FROM '{file}' WITH (FORMAT csv)",
                f'CREATE TABLE "{name}" AS {make};',
                f'DROP TABLE staged; ANALYZE "{name}";',
            ]
        )

    for log in WORK["logs"]:
        names = ", ".join(f'"{column}"' for column, _ in log["columns"])
        make = f"SELECT TIMESTAMP '1970-01-01' + us * INTERVAL '1 microsecond' AS ts, {names} FROM staged"
        fill(log["name"] + "_events", [["us", "BIGINT"], *log["columns"]], make)
        columns = [["actor_id", "VARCHAR"], *[[name, "DOUBLE"] for name in log["features"]]]
        fill(log["name"] + "_features", columns, "SELECT * FROM staged")
    with open(path("fill.sql"), "w", encoding="utf-8") as out:
        out.write("\n".join(script) + "\n")
    psql("-f", path("fill.sql"))

    def hits(query):
        out = psql("--csv", "-t", "-f", path(query["file"][ENGINE]))
        return list(csv.reader(out.splitlines(keepends=True)))

    return psql("-At", "-c", "SHOW server_version").strip(), hits


def spark():
    from pyspark.sql import SparkSession
    import pyspark

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "3g")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.warehouse.dir", path("spark"))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    for log in WORK["logs"]:
        events = session.read.parquet(path(log["name"] + ".parquet")).selectExpr("timestamp_micros(us) AS ts", "*")
        events.drop("us").cache().createOrReplaceTempView(log["name"] + "_events")
        features = session.read.parquet(path(log["name"] + ".features.parquet"))
        features.cache().createOrReplaceTempView(log["name"] + "_features")
        session.table(log["name"] + "_events").count()
    FINALLY.append(session.stop)
    return pyspark.__version__, lambda query: [tuple(row) for row in session.sql(text_of(query)).collect()]


def clickhouse():
    import chdb
    from chdb import session

    db = session.Session()
    FINALLY.append(db.close)
    for log in WORK["logs"]:
        names = ", ".join(f"`{column}`" for column, _ in log["columns"])
        # assumeNotNull inside the query must not be handed a column that can miss nothing: the time may be missing here too.
        db.query(
            f"CREATE TABLE {log['name']}_events ENGINE = Memory AS SELECT fromUnixTimestamp64Micro(us, 'UTC') AS ts, {names}"
            f" FROM file('{path(log['name'] + '.parquet')}', Parquet)"
        )
        db.query(
            f"CREATE TABLE {log['name']}_features ENGINE = Memory AS"
            f" SELECT * FROM file('{path(log['name'] + '.features.parquet')}', Parquet)"
        )

    def hits(query):
        out = db.query(text_of(query), "JSONCompactEachRow").bytes()
        return [json.loads(line) for line in out.decode("utf-8").split("\n") if line != ""]

    return chdb.engine_version, hits


def parsed():
    """No engine here: sqlglot reads the query as this dialect and writes it for DuckDB."""
    import sqlglot
    from sqlglot import exp

    def translate(query):
        [statement] = sqlglot.parse(text_of(query), read=ENGINE, error_level=sqlglot.ErrorLevel.RAISE)
        if statement.find(exp.Command) is not None:
            raise RuntimeError("is read as a command, not as a query")
        with open(path(query["file"][ENGINE] + ".duckdb"), "w", encoding="utf-8", newline="") as out:
            out.write(statement.sql(dialect="duckdb", comments=False))
        return []

    return sqlglot.__version__, translate


FINALLY = []
ENGINES = {"sqlite": sqlite, "postgres": postgres, "spark": spark, "clickhouse": clickhouse}

try:
    started = time.perf_counter()
    version, hits_of = ENGINES.get(ENGINE, parsed)()
    load_ms = (time.perf_counter() - started) * 1000
    results = []
    with open(path(f"hits.{ENGINE}.ndjson"), "w", encoding="utf-8") as out:
        for number, query in enumerate(WORK["queries"]):
            started = time.perf_counter()
            try:
                rows = hits_of(query)
            except Exception as error:  # said for each query, so that one does not hide the others
                results.append({"error": str(error)[:600]})
                continue
            results.append({"ms": (time.perf_counter() - started) * 1000})
            groups = query["groups"]
            for row in rows:
                at = int(row[groups + 1]) if query["timed"] else None
                line = [number, [str(key) for key in row[1 : groups + 1]], at]
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
    print(json.dumps({"loadMs": load_ms, "version": version, "queries": results}))
finally:
    for end in FINALLY:
        end()
