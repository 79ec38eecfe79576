"""JSON Schemas of every kind of file that people edit, for editors that check while one types.

`python -m gongkai.schemas` writes them to docs/schema/.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from checks.indicator_edition import Edition
from checks.scoring_model import ScoringModel
from gongkai.schedule_file import Schedule
from plans import schema as plan_schema
from plans.register import Strict
from plans.schema import FOLDER, schema
from reports.bulletin_wording import Wording

MODELS: Final[Mapping[str, type[Strict]]] = MappingProxyType(
    {
        **plan_schema.MODELS,
        "scoring-model.schema.json": ScoringModel,
        "indicators.schema.json": Edition,
        "schedule.schema.json": Schedule,
        "bulletin-wording.schema.json": Wording,
    }
)


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, model in MODELS.items():
        (FOLDER / name).write_text(schema(model), encoding="utf-8")


if __name__ == "__main__":
    main()
