"""Send real complaints through the API as people would, and let a script of staff work them to the end.

    python -m bench.real_input var/demo.json ../shared/data/complaints/surabaya_2022.csv.gz --clock var/clock

The file is read where it lies; only counts are printed. Staff choose among the ``acts`` each report offers them, by
where ``GET /life`` says they lead; the clock is moved on between rounds.
"""

import argparse
import csv
import gzip
import http.client
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]
DIGITS = re.compile(r"(?:\d[\s.\-]?){8,}\d")
HOURS_A_ROUND = 9
MOST_ROUNDS = 120

WORDS = {
    # A stand-in for the desk's judgement: the first word that fits decides category and agency.
    "lampu|pju": ("street_light", "dishub"),
    "sampah|taman|pohon": ("waste_environment", "dlh"),
    "jalan|aspal|trotoar|lubang|paving": ("road_bridge", "dinas-pupr"),
    "banjir|saluran|got|gorong|pdam": ("drainage_water", "dinas-pupr"),
    "parkir|macet|lalu lintas": ("traffic_parking", "dishub"),
}
TEXTS: dict[str, Json] = {
    "ask": {"text": "Mohon sebutkan tempatnya lebih jelas."},
    "inform": {"text": "Laporan Bapak/Ibu sudah kami baca dan kami teruskan hari ini."},
    "start": {"text": "Petugas kami ke lokasi besok pagi."},
    "note": {"text": "Cek berkas lama."},
    "propose_answer": {"text": "Sudah kami tangani pagi ini.", "outcome": "answered"},
    "approve": {},
    "return_answer": {"text": "Sebutkan tanggal pengerjaannya."},
    "schedule": {"text": "Menunggu bahan."},
    "resume": {"text": "Bahan sudah datang."},
    "complete": {"text": "Di depan balai RW."},
    "reply": {"text": "Masih ada sisanya."},
    "rate": {"rating": 3},
    "archive": {"reason_code": "unclear", "text": "Kami tidak bisa menemukan tempatnya."},
    "accept_transfer": {},
    "decline_transfer": {"reason_code": "not_authority", "text": "Bukan urusan kami."},
}


class Api:
    """One keep-alive connection; counts every status it sees."""

    def __init__(self, base_url: str) -> None:
        parts = urlsplit(base_url)
        self.connection = http.client.HTTPConnection(parts.hostname or "localhost", parts.port or 80, timeout=60)
        self.statuses: Counter[str] = Counter()

    def call(self, method: str, path: str, body: Json | None = None, authorization: str = "") -> tuple[int, Any]:
        headers = {"Content-Type": "application/json"}
        if authorization:
            headers["Authorization"] = authorization
        self.connection.request(method, f"/api/v1{path}", json.dumps(body) if body is not None else None, headers)
        response = self.connection.getresponse()
        data = response.read()
        self.statuses[f"{method} {path.rsplit('/', 1)[-1].split('?')[0]} {response.status}"] += 1
        return response.status, json.loads(data) if data else None


class Staff:
    """The demo's people, by role and agency."""

    def __init__(self, demo: Json) -> None:
        self.people = demo["people"]

    def bearer(self, role: str, agency: str = "") -> str:
        for person in self.people:
            if person["roles"] == [role] and (not agency or person["agency"] == agency):
                return f"Bearer {person['token']}"
        raise LookupError(role)


def rows_of(path: Path, n: int) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file)):
            if number >= n:
                return
            yield row


def send(api: Api, row: dict[str, str], chance: random.Random, token: str) -> tuple[Json | None, Json]:
    """Send one complaint the way people choose: three quarters with a privacy switch."""
    body: Json = {"body": row["keluhan"], "location_text": row["alamat"][:500]}
    body["is_anonymous"], body["is_secret"] = chance.random() < 0.63, chance.random() < 0.38
    status, got = api.call("POST", "/reports", body, token)
    return (got if status == 201 else None), {"status": status, "body": got, "length": len(row["keluhan"])}


def target_of(text: str) -> tuple[str, str]:
    for words, target in WORDS.items():
        if re.search(words, text, re.IGNORECASE):
            return target
    return "other", "diskominfo"


class Desk:
    """Works reports to their end, one act a round each."""

    def __init__(self, api: Api, staff: Staff, chance: random.Random) -> None:
        self.api, self.staff, self.chance = api, staff, chance
        self.ends: Counter[str] = Counter()
        self.refusals: Counter[str] = Counter()
        self.done_acts: Counter[str] = Counter()

    def work(self, sent: Json) -> bool:
        """Do the next act on a report; return whether it has come to its end."""
        admin = self.staff.bearer("agency_admin")
        status, view = self.api.call("GET", f"/reports/{sent['number']}", authorization=admin)
        if status != 200:
            self.refusals[f"GET {status}"] += 1
            return True
        if view["state"] in ("closed", "archived"):
            self.ends[view["state"]] += 1
            return True
        act, authorization = self.choose(view, sent)
        self.do(act, view, sent, authorization)
        return False

    def choose(self, view: Json, sent: Json) -> tuple[str, str]:
        agency, dice = view["agency"] or "", self.chance.random()
        liaison = self.liaison(agency)
        match view["state"]:
            case "submitted":
                act = "inform" if dice < 0.3 else "archive" if dice < 0.4 else "ask" if dice < 0.45 else "dispatch"
                return act, self.staff.bearer("agency_admin")
            case "needs_info":
                return "complete", f"Code {sent['code']}"
            case "dispatched":
                return ("transfer" if dice < 0.1 else "start"), liaison
            case "transfer_pending":
                to = view["offered_to"]
                who = self.liaison(to) if to else self.staff.bearer("agency_admin")
                return ("accept_transfer" if dice < 0.7 else "decline_transfer"), who
            case "in_progress":
                return ("schedule" if dice < 0.1 else "propose_answer"), liaison
            case "scheduled":
                return "resume", liaison
            case "awaiting_validation":
                return ("return_answer" if dice < 0.1 else "approve"), self.staff.bearer("response_validator")
            case "answered":
                return ("reply" if dice < 0.1 else "rate"), f"Code {sent['code']}"
        return "propose_answer", liaison

    def liaison(self, agency: str) -> str:
        try:
            return self.staff.bearer("liaison", agency)
        except LookupError:
            return self.staff.bearer("agency_admin")

    def do(self, act: str, view: Json, sent: Json, authorization: str) -> None:
        body: Json = {**TEXTS.get(act, {})}
        if act == "dispatch":
            category, agency = target_of(view["body"])
            body = {"agency": agency if agency != "diskominfo" else "dlh", "category": category}
        if act == "transfer":
            body = {
                "agency": self.chance.choice([None, "dlh", "dishub"]),
                "reason_code": "not_authority",
                "text": "Bukan kami.",
                "is_again": True,
            }
        if act == "schedule":
            body["on"] = "2027-03-01"
        if act == "rate" and self.chance.random() < 0.1:
            body = {"rating": 1}
        path = f"/track/acts/{act}" if authorization.startswith("Code") else f"/reports/{sent['number']}/acts/{act}"
        status, got = self.api.call("POST", path, body, authorization)
        if status == 422 and any(e["pointer"] == "/late_cause" for e in got.get("errors", [])):
            status, got = self.api.call("POST", path, {**body, "late_cause": "volume"}, authorization)
            self.done_acts["late_cause given"] += 1
        self.done_acts[act] += status == 200
        if status != 200:
            self.refusals[f"{act} {status}: {got['detail']}"] += 1


def read_shift(path: Path) -> int:
    found = re.fullmatch(r"\+(\d+)h", path.read_text().strip()) if path.exists() else None
    return int(found[1]) if found else 0


def masks_left(api: Api, sent: list[Json]) -> Counter[str]:
    """Count public texts in which a run of nine digits or more still stands, and those with a mask."""
    counts: Counter[str] = Counter()
    for report in sent:
        status, view = api.call("GET", f"/reports/{report['number']}")
        if status != 200:
            counts["not public"] += 1
            continue
        text = f"{view['title']} {view['text']}"
        counts["public"] += 1
        counts["masked"] += "▇" in text
        counts["long digits left"] += bool(DIGITS.search(text))
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("demo", type=Path, help="demo.json of a running demo")
    parser.add_argument("complaints", type=Path)
    parser.add_argument("--clock", type=Path, required=True)
    parser.add_argument("-n", type=int, default=1000)
    given = parser.parse_args()
    if not given.complaints.exists():
        print("skipped: the complaints are not here", file=sys.stderr)
        return
    demo = json.loads(given.demo.read_text())
    api, staff, chance = Api(demo["base_url"]), Staff(demo), random.Random(1)
    sent, refused = [], Counter[str]()
    for row in rows_of(given.complaints, given.n):
        got, told = send(api, row, chance, staff.bearer("integration"))
        if got is None:
            refused[f"{told['status']}: {told['body'].get('detail')} ({told['length']} characters)"] += 1
        else:
            sent.append(got)
    desk, open_ones, shift = Desk(api, staff, chance), list(sent), read_shift(given.clock)
    for _ in range(MOST_ROUNDS):
        open_ones = [report for report in open_ones if not desk.work(report)]
        if not open_ones:
            break
        shift += HOURS_A_ROUND
        given.clock.write_text(f"+{shift}h")
        print(f"{len(open_ones)} open, clock at +{shift}h", file=sys.stderr)
    promises: Counter[str] = Counter()
    for report in sent:
        _, view = api.call("GET", "/track", authorization=f"Code {report['code']}")
        promises.update(f"{p['promise']} {p['state']}" for p in view["promises"])
    report = {
        "sent": len(sent),
        "refused": refused,
        "ends": desk.ends,
        "still_open": len(open_ones),
        "acts": desk.done_acts,
        "act_refusals": desk.refusals,
        "masks": masks_left(api, sent),
        "promises": dict(sorted(promises.items())),
        "server_errors": {k: n for k, n in api.statuses.items() if k.rsplit(" ", 1)[1].startswith("5")},
    }
    print(json.dumps(report, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
