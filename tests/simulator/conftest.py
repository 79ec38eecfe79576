"""A small register of an invented city, and practice cities built from it."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from plans.load import load_register
from plans.register import Register
from simulator.city import City
from simulator.publishing import build_city
from simulator.scenario import load_scenario
from simulator.server import PracticeCity, serve

AS_OF = dt.date(2018, 2, 15)


@pytest.fixture(scope="session")
def register() -> Register:
    return load_register(Path(__file__).with_name("small-register.yaml"))


@pytest.fixture(scope="session")
def demo(register: Register) -> City:
    return build_city(register, load_scenario("demo"))


@pytest.fixture(scope="session")
def running_demo(demo: City) -> Iterator[PracticeCity]:
    with serve(demo, AS_OF) as running:
        yield running


@pytest.fixture(scope="session")
def hindered(register: Register) -> City:
    return build_city(register, load_scenario("hindered"))


@pytest.fixture(scope="session")
def running_hindered(hindered: City) -> Iterator[PracticeCity]:
    with serve(hindered, AS_OF) as running:
        yield running
