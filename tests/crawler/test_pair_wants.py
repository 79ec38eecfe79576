"""A pairing obligation looks for its documents and for their interpretations, a month further back."""

import datetime as dt

from checks.horizon import horizon
from crawler.tasks import tasks_for
from plans.register import Register
from plans.sites import Sites

SITES = Sites.model_validate(
    {"sites": [{"id": "czj", "name": "临江市财政局", "agency": "市财政局", "url": "http://127.0.0.1:9001/"}]}
)
REGISTER = Register.model_validate(
    {
        "plan": {"id": "lin-2017", "title": "要点", "place": "临江市", "year": 2017},
        "obligations": [
            {
                "id": "1",
                "measure": "一/1",
                "title": "文件与解读",
                "lead": ["市财政局"],
                "kind": "pairing",
                "evidence": {
                    "title": ["办法$"],
                    "columns": ["政策文件"],
                    "pair": {"title": ["解读"], "columns": ["政策解读"]},
                },
            }
        ],
    }
)


def test_both_sides_of_a_pair_are_wanted():
    days = horizon(REGISTER, SITES, dt.date(2018, 2, 1))
    (task,) = tasks_for(REGISTER, SITES, days)
    assert [want.columns for want in task.wants] == [("政策文件",), ("政策解读",)]
    assert [want.matches("《停车管理办法》政策解读") for want in task.wants] == [False, True]
    assert {want.since for want in task.wants} == {dt.date(2016, 12, 2)}
