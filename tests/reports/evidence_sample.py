"""Evidence pages of every kind, with a portal that means no good."""

import datetime as dt
from dataclasses import replace

from audit_sample import sample

from checks.reviews import Action, Review, Reviewed, reviewed
from checks.verdict import Candidate, ColumnRead, Flag, ReasonCode, Refusal, Status, Verdict
from db.facts import FetchOutcome, LapseMark, ListedRow, MarkPlace, PageState, PageVisit, Publication
from reports.evidence import Check, Exhibit, Proof, Role, Shot, around

EVIL = '"><script>alert(1)</script>\u202e{{7*7}}'
HASH = "sha256:" + "ab" * 32
AT = dt.datetime(2017, 6, 30, 2, 10, tzinfo=dt.UTC)
PNG = bytes.fromhex(  # one grey point
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63680000008200817f6b5e"
    "c70000000049454e44ae426082"
)
COLUMN = ColumnRead(
    "czj", "财政收支", "http://a.example/l/", "2017-06-30T10:10:00+08:00", None, "end_of_list", True, 2, 9
)
ROWS = tuple(
    ListedRow(f"http://a.example/{n}.html", f"第{n}条", dt.date(2017, 6, 30) - dt.timedelta(days=7 * n), HASH)
    for n in range(9)
)
NAMED = Verdict(
    plan="p-2017",
    obligation="1-3",
    agency="市财政局",
    site="czj",
    period="2017-05",
    subject=None,
    status=Status.OVERDUE,
    flags=(),
    due=dt.date(2017, 6, 9),
    published=None,
    first_seen=None,
    days_late=None,
    url=None,
    title=None,
    evidence=HASH,
    reason_code=ReasonCode.NOT_FOUND,
    reason="未见",
    reason_en="not there",
    measure="一/3",
    obligation_title="预算执行情况",
    due_explained=("次月 9 日", "甲"),
    due_explained_en=("day 9 of the next month", "first"),
    candidates=(Candidate(ROWS[1].url, ROWS[1].title, ROWS[1].day, ("2017-04",), Refusal.OTHER_PERIOD),),
    columns=(COLUMN,),
)


def absent() -> Proof:
    """An overdue instalment, with what stands around its place."""
    listed = Exhibit(
        1, Role.LISTING, "财政收支", HASH, Check.VERIFIED, "http://a.example/l/", AT, 200, 9, "a.warc.gz @ 0"
    )
    shown = around(COLUMN, ROWS, NAMED.due)
    return Proof(1, 3, Reviewed(NAMED, NAMED.status, ()), dt.date(2017, 6, 30), 4, (listed,), (shown,))


def hostile() -> Proof:
    """A late page of a portal that writes markup, links that run, and directions that turn; its bytes are changed."""
    v = replace(
        NAMED,
        status=Status.LATE,
        flags=(Flag.BACKDATED, Flag.INCOMPLETE),
        title=EVIL,
        url="javascript:alert(1)",
        published=dt.date(2017, 6, 12),
        days_late=3,
        site=EVIL,
        reason=EVIL,
        columns=(replace(COLUMN, column=EVIL, url="javascript:alert(2)", sufficient=False),),
        candidates=(Candidate("data:text/html,x", EVIL, None, (), None, EVIL),),
        clocks=(("visible", EVIL), ("unheard_of", "1")),
    )
    mark = LapseMark(MarkPlace.BANNER, EVIL)
    states = (
        PageState(AT, EVIL, None, "d", EVIL, (mark,), EVIL * 200, "sha256:" + "cd" * 32),
        PageState(AT + dt.timedelta(days=1), EVIL, dt.date(2017, 6, 12), "e", None, (), EVIL, HASH),
    )
    found = Publication(
        site="czj",
        url="javascript:alert(1)",
        title=EVIL,
        columns=(),
        published=dt.date(2017, 6, 12),
        first_seen=AT,
        last_seen=AT,
        source=EVIL,
        doc_no=EVIL,
        history=states,
        visits=(PageVisit(AT + dt.timedelta(days=3), FetchOutcome.NOT_FOUND),),
        listed=((AT, EVIL, None),),
    )
    exhibits = (
        Exhibit(1, Role.PAGE, "", HASH, Check.CHANGED, "javascript:alert(3)", AT, 200, 12, "a.warc.gz @ 0"),
        Exhibit(2, Role.FILE, EVIL, "sha256:" + "cd" * 32, Check.NOT_KEPT),
    )
    step = Review(v.key, Action.APPEAL, EVIL, AT, EVIL, Status.LATE, evidence=EVIL)
    (item,) = reviewed((v,), (step,))
    shots = (Shot(AT, HASH, PNG, (EVIL,)), Shot(AT, HASH, None, ()))
    return Proof(2, 3, item, dt.date(2017, 6, 30), 4, exhibits, (), found, shots)


def bare() -> Proof:
    """A verdict of which nothing more is known than that it is one."""
    v = next(v for v in sample().verdicts if v.status is Status.MANUAL)
    return Proof(3, 3, Reviewed(v, v.status, v.flags), dt.date(2017, 6, 30), 4)
