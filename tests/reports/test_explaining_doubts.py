"""`explain` tells a doubt as a doubt: what could be the instalment was not turned down."""

import datetime as dt

import pytest

from checks.export import to_record
from checks.verdict import Candidate, ReasonCode, Refusal, Status, Verdict
from reports.explanation import explanation
from reports.texts import Lang


def told(status: Status, *candidates: Candidate, lang: Lang = Lang.ZH) -> str:
    nothing = dict.fromkeys(("due", "published", "first_seen", "days_late", "url", "title", "evidence"))
    said = {"reason_code": ReasonCode.AMBIGUOUS, "reason": "须人工核查", "candidates": candidates, **nothing}
    verdict = Verdict("lin-2017", "1-3", "市财政局", "czj", "2017-05", None, status, (), **said)
    return "\n".join(explanation(verdict.key, {**to_record(verdict), "as_of": "2017-07-01"}, None, lang))


def row(refused: Refusal, *, doubt: bool) -> Candidate:
    return Candidate("http://czj.example/1.html", "5月情况", dt.date(2017, 6, 1), ("2016-05",), refused, doubt=doubt)


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (Refusal.NOT_ABOUT_IT, "［存疑，须人工核查：不能确定是否与此项有关］"),
        (Refusal.OTHER_SITE, "［存疑，须人工核查：在政府门户网站上，网页未打开，不知是否本单位所发］"),
    ],
)
def test_a_doubt_of_an_open_question_is_not_called_turned_down(refused, words):
    assert words in told(Status.INCONCLUSIVE, row(refused, doubt=True))


def test_what_is_no_doubt_or_was_decided_otherwise_is_turned_down():
    assert "［不采用：与此项无关］" in told(Status.INCONCLUSIVE, row(Refusal.NOT_ABOUT_IT, doubt=False))
    assert "［不采用：与此项无关］" in told(Status.ON_TIME, row(Refusal.NOT_ABOUT_IT, doubt=True))


def test_doubts_are_never_hidden_among_the_other_periods():
    others = [row(Refusal.OTHER_PERIOD, doubt=False)] * 5
    assert told(Status.INCONCLUSIVE, *others, row(Refusal.OTHER_PERIOD, doubt=True)).count("存疑") == 1
