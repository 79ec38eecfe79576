from pathlib import Path

import pytest

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture
def register_text() -> str:
    return (FIXTURES / "register.yaml").read_text(encoding="utf-8")


@pytest.fixture
def sites_text() -> str:
    return (FIXTURES / "sites.yaml").read_text(encoding="utf-8")
