"""The contracts of imports in pyproject.toml hold (lint asks that) and each of them can break (asked here)."""

from copy import deepcopy

import grimp
import pytest
from importlinter.api import read_configuration
from importlinter.contracts.layers import LayersContract
from importlinter.contracts.protected import ProtectedContract

from launcher.places import ROOT

KINDS = {"layers": LayersContract, "protected": ProtectedContract}
STOREYS = ("certification", "enterprises", "incentives")
CONTRACTS = read_configuration(str(ROOT / "pyproject.toml"))
OPTIONS = {contract["name"]: contract for contract in CONTRACTS["contracts_options"]}
ROOMS, DOORS = "The rooms of a storey: imports go inwards", "The doors of a storey are opened by its table of addresses"
BACK, ROOF = "The back doors of a storey are opened by its start", "The roof"


@pytest.fixture(scope="module")
def house():
    """Who imports whom, read from the sources once."""
    return grimp.build_graph(*CONTRACTS["session_options"]["root_packages"], cache_dir=None)


def holds(name, house, *planted):
    """Whether a contract holds in a house with one more import than the code has."""
    graph = deepcopy(house)
    if planted:
        assert set(planted) <= graph.modules, planted
        graph.add_import(importer=planted[0], imported=planted[1])
    options = OPTIONS[name]
    contract = KINDS[options["type"]](name, CONTRACTS["session_options"], options)
    return contract.check(graph, verbose=False).kept


@pytest.mark.parametrize("name", [ROOMS, DOORS, BACK, ROOF])
def test_the_rooms_are_as_the_contracts_say(house, name):
    assert holds(name, house)


@pytest.mark.parametrize(
    ("name", "importer", "imported"),
    [
        (ROOMS, "certification.models.posting", "certification.permissions"),
        (ROOMS, "certification.models.posting", "certification.announce"),  # a verb, and through it the permissions
        (ROOMS, "certification.permissions.cases", "certification.queries"),
        (ROOMS, "certification.queries", "certification.notify"),
        (ROOMS, "enterprises.queries", "enterprises.forms"),
        (ROOMS, "enterprises.forms", "enterprises.views.sheet"),
        (ROOMS, "incentives.states", "incentives.models"),
        (DOORS, "certification.apply", "certification.views.applicant"),
        (DOORS, "certification.templatetags.obligations", "certification.views.agenda"),
        (DOORS, "enterprises.register", "enterprises.urls"),
        (DOORS, "portal.dashboard.views", "certification.views.agenda"),
        (BACK, "certification.sweep", "certification.tasks"),
        (BACK, "incentives.match", "incentives.receivers"),
        (ROOF, "portal.dashboard.views", "portal.public.views"),
        (ROOF, "portal.figures.figures", "portal.dashboard.views"),
        (ROOF, "portal.api.urls", "portal.urls"),
    ],
)
def test_an_import_against_the_order_of_the_rooms_is_found(house, name, importer, imported):
    assert not holds(name, house, importer, imported)


@pytest.mark.parametrize("storey", STOREYS)
def test_models_know_words_and_no_verb(house, storey):
    """A verb that knows models and is imported by one would lie in no layer: the words are named, nothing else is one."""
    words = {f"{storey}.{word.strip(' ()')}" for word in OPTIONS[ROOMS]["layers"][-1].split(":")}
    models = {m for m in house.modules if m == f"{storey}.models" or m.startswith(f"{storey}.models.")}
    known = {
        ".".join(n.split(".")[:2])
        for m in models
        for n in house.find_modules_directly_imported_by(m)
        if n.startswith(f"{storey}.") and n not in models
    }
    assert known <= words
