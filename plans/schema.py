"""JSON Schemas of registers and sites files, for editors that check while one types.

`python -m gongkai.schemas` writes them to docs/schema/, beside those of the other files that people edit.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from plans.register import Register, Strict
from plans.sites import Sites

FOLDER: Final = Path(__file__).parents[1] / "docs" / "schema"
MODELS: Final[Mapping[str, type[Strict]]] = MappingProxyType(
    {"register.schema.json": Register, "sites.schema.json": Sites}
)


def schema(model: type[Strict]) -> str:
    """The JSON Schema (draft 2020-12) of a file kind, as text. It says less than the loader: rules between keys
    are checked by `gongkai plan lint` alone."""
    content = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
