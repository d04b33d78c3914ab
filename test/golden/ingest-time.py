"""Golden timestamps. Run: python ingest-time.py > ingest-time.json
Reference: CPython's datetime.fromisoformat, email.utils, zoneinfo (fold=0: the rule of java.time too)."""
import email.utils
import json
import random
import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import tzdata

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def micros(moment):
    return (moment.astimezone(timezone.utc) - EPOCH) // timedelta(microseconds=1)


rng = random.Random(7)


def moment(first=1971, last=2037):
    base = datetime(first, 1, 1)
    span = int((datetime(last, 1, 1) - base).total_seconds())
    return base + timedelta(seconds=rng.randrange(span), microseconds=rng.randrange(10**6))


iso = []
for _ in range(120):
    m = moment(1700, 2250)
    zone = timezone(timedelta(minutes=rng.choice([0, 60, -300, 330, 345, -570, 840])))
    text = m.replace(tzinfo=zone).isoformat(sep=rng.choice("T "), timespec=rng.choice(["minutes", "seconds", "milliseconds", "microseconds"]))
    iso.append([text, micros(datetime.fromisoformat(text))])

mail = []
for _ in range(60):
    m = moment().replace(microsecond=0)
    zone = timezone(timedelta(minutes=rng.choice([0, 60, -300, 330, -570])))
    text = email.utils.format_datetime(m.replace(tzinfo=zone))
    mail.append([text, micros(email.utils.parsedate_to_datetime(text))])
for text in ["22 Aug 02 18:26 EST", "Thu, 22 Aug 2002 18:26:25 -0700 (PDT)", "Mon, 1 Jan 1998 00:00:00 GMT"]:
    mail.append([text, micros(email.utils.parsedate_to_datetime(text))])

ZONES = ["Europe/Berlin", "America/New_York", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia",
         "America/Sao_Paulo", "Africa/Casablanca", "Asia/Kathmandu", "Pacific/Kiritimati"]
local = []
for name in ZONES:
    zone = ZoneInfo(name)
    texts = [moment(1971, 2030) for _ in range(25)]
    hour = datetime(1972, 1, 1)
    previous = hour.replace(tzinfo=timezone.utc).astimezone(zone).utcoffset()
    changes = []
    while hour.year < 2026:
        hour += timedelta(hours=1)
        offset = hour.replace(tzinfo=timezone.utc).astimezone(zone).utcoffset()
        if offset != previous:
            changes.append(hour + min(offset, previous))
        previous = offset
    for change in rng.sample(changes, min(12, len(changes))):
        texts += [change + timedelta(minutes=d) for d in (-31, -1, 0, 1, 29, 59, 61)]
    for m in texts:
        m = m.replace(microsecond=0)
        local.append([name, m.isoformat(), micros(m.replace(tzinfo=zone))])

versions = {"python": sys.version.split()[0], "tzdata": tzdata.__version__}
print(json.dumps({"versions": versions, "iso": iso, "rfc2822": mail, "local": local}))
