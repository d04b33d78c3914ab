"""Runs Sigma files through pySigma: what `sigma check` says, whether they convert, and what the SQLite backend finds.

The input file holds {"folder": DIR of .yml, "tables": {name: {"events": [{field: value}], "time": field}},
"cases": [{"file", "table" or null, "groupBy": [fields]}]}. Hits are groups and times in microseconds, and numbers of events.
"""
import json
import sqlite3
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

from sigma.backends.elasticsearch.elasticsearch_esql import ESQLBackend
from sigma.backends.splunk import SplunkBackend
from sigma.backends.sqlite import sqliteBackend
from sigma.collection import SigmaCollection
from sigma.correlations import SigmaCorrelationRule
from sigma.exceptions import SigmaError

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def micros(text):
    delta = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc) - EPOCH
    return (delta.days * 86400 + delta.seconds) * 1_000_000 + delta.microseconds


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def table_of(events):
    """Typed as a warehouse would: a column of numbers is REAL, others TEXT; times as they stand in the files."""
    fields = list(dict.fromkeys(field for event in events for field in event))

    def type_of(field):
        return "REAL" if any(isinstance(event.get(field), (int, float)) for event in events) else "TEXT"

    database = sqlite3.connect(":memory:")
    columns = ", ".join(f"{quoted(field)} {type_of(field)}" for field in fields)
    database.execute(f"CREATE TABLE events (nth INTEGER PRIMARY KEY, {columns})")
    rows = [[nth, *(event.get(field) for field in fields)] for nth, event in enumerate(events)]
    database.executemany(f"INSERT INTO events VALUES ({', '.join('?' * (len(fields) + 1))})", rows)
    database.row_factory = sqlite3.Row
    return database


def found_by(text, database, time, group_by):
    backend = sqliteBackend(table="events", timestamp_field=time, event_id_field="nth")
    rules = SigmaCollection.from_yaml(text)
    (query,) = backend.convert(rules)
    hits, events = set(), set()
    for row in database.execute(query):
        if isinstance(rules.rules[-1], SigmaCorrelationRule):
            groups = json.loads(row["group_keys"])
            hits.add((round(row["occurrence_time"] * 1_000_000), tuple(groups[field] for field in group_by)))
            events.update(int(each.split(":")[-1]) for each in json.loads(row["event_ids"]))
        else:
            hits.add((micros(row[time]), tuple(row[field] for field in group_by)))
            events.add(row["nth"])
    return {"hits": [[list(group), at] for at, group in sorted(hits)], "found": sorted(events)}


def converted(backend, text):
    try:
        return {"query": "\n".join(backend.convert(SigmaCollection.from_yaml(text)))}
    except (SigmaError, NotImplementedError) as error:
        return {"error": str(error)}


def main():
    request = json.loads(Path(json.loads(sys.argv[1])["input"]).read_text())
    folder = Path(request["folder"])
    tables = {name: (table_of(table["events"]), table["time"]) for name, table in request["tables"].items()}
    answers = []
    for case in request["cases"]:
        text = (folder / case["file"]).read_text()
        answer = {"splunk": converted(SplunkBackend(), text), "esql": converted(ESQLBackend(), text)}
        if case["table"] is not None:
            answer |= found_by(text, *tables[case["table"]], case["groupBy"])
        answers.append(answer)
    sigma = Path(sys.executable).parent / "sigma"
    check = subprocess.run([str(sigma), "check", "--fail-on-issues", str(folder)], capture_output=True, text=True)
    print(json.dumps({"check": {"code": check.returncode, "text": check.stdout[-4000:]}, "answers": answers}))


main()
