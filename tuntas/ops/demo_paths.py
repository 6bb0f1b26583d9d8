"""How the demo's reports go: paths of words, each a step (demo_acts.py)."""

ANSWERED = "dispatch start propose approve"

USUAL = (
    # How lives go, and how often. Cut off by today, they stand in every state.
    ("dispatch start prove approve thank", 30),
    ("dispatch start propose approve thank", 48),
    ("inform dispatch start propose approve", 18),
    ("dispatch start prove approve object prove approve thank", 4),
    ("dispatch start propose return_answer prove approve thank", 4),
    ("dispatch start schedule resume prove approve thank", 4),
    ("ask complete dispatch start propose approve thank", 4),
    ("dispatch transfer accept start propose approve thank", 4),
    ("dispatch transfer decline start propose approve", 2),
    ("dispatch start propose approve reply close", 2),
    ("ask", 3),
    ("archive", 10),
    ("withdraw", 5),
)
SHOWN = (
    # Days ago, path: where somebody who looks today must find a report.
    (0.2, ""), (0.4, ""), (0.6, ""), (3.5, ""), (0.5, "look"), (1, "look"), (4, "look note"), (1.2, "look inform"),
    (2, "look ask"), (3, "look ask"), (4, "ask complete"), (2, "look dispatch"), (1.5, "dispatch"),
    (9, "dispatch"), (3, "dispatch transfer"), (2.5, "dispatch transfer"),
    (3, "dispatch hand_back"), (2.5, "dispatch hand_back"), (6, "dispatch hand_back accept"),
    (5, "look dispatch start"), (4, "dispatch start"), (25, "dispatch start"), (30, "dispatch start escalate"),
    (9, "dispatch start schedule"), (8, "dispatch start schedule"), (14, "dispatch start prove"),
    (12, "dispatch start propose"), (11, "dispatch start propose"), (13, ANSWERED), (12, ANSWERED),
    (15, f"{ANSWERED} reply"), (14, f"{ANSWERED} reply"), (20, f"{ANSWERED} object"), (22, f"{ANSWERED} thank reopen"),
    (24, f"{ANSWERED} reopen"), (28, f"{ANSWERED} reply close"), (45, ANSWERED), (50, ANSWERED),
    (40, "ask"), (8, "look archive appeal"), (5, "withdraw"), (7, "archive"), (10, "look archive"),
)  # fmt: skip
RESTRICTED = (
    (1, ""), (3, "look"), (6, "look dispatch start"), (9, "look dispatch start"), (15, "look dispatch start"),
    (12, "look dispatch"), (25, "look dispatch start propose"), (30, ANSWERED),
    (40, f"{ANSWERED} thank"), (20, "look archive"),
)  # fmt: skip
OUTSIDE = (  # of street lights that are another's: news is awaited, overdue, came, came with an answer, or back
    (4, "look refer"), (12, "look refer"), (9, "look refer hear"), (15, "look refer answer"), (6, "refer return"),
)  # fmt: skip
WORKED_ON = ("road_bridge", "drainage_water", "street_light", "waste_environment", "traffic_parking")
ELSEWHERE_NOW = ("", "", "look", "look inform", "inform", "dispatch", "ask")  # topics of agencies nobody plays
ELSEWHERE_OVER = ("archive", "look archive", "withdraw")
NOW, OVER = 38, 46
