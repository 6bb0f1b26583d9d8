"""What a person sees of a nation follows from their posts in the tree: whatever lies where, rule and list agree."""

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.make import T0, make_report
from tests.nation import actor, load_nation
from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.reports.models import Report
from tuntas.rules.who import may_read

# For each liaison the agencies whose reports they see, written here by hand: the second telling of the tree.
LINES = {
    "joni": {"kemen-jalan", "balai-jalan-arum", "satker-jalan-arum-utara", "balai-jalan-seruni"},
    "kartika": {"balai-jalan-arum", "satker-jalan-arum-utara"},
    "mira": {
        "kemen-agraria",
        "kanwil-agraria-arum",
        "kantah-arum-utara",
        "kantah-kota-arum",
        "kanwil-agraria-seruni",
        "kantah-pulau-mutiara",
    },
    "nanda": {"kantah-pulau-mutiara"},
    "prita": {
        "prov-arum",
        "pu-prov-arum",
        "kab-arum-utara",
        "pu-arum-utara",
        "dinkes-arum-utara",
        "kota-arum",
        "pu-kota-arum",
        "dlh-kota-arum",
    },
    "qori": {"kab-arum-utara", "pu-arum-utara", "dinkes-arum-utara"},
    "sinta": {"kota-arum", "pu-kota-arum", "dlh-kota-arum"},
    "umi": {
        "prov-seruni",
        "pu-prov-seruni",
        "kab-seruni-timur",
        "pu-seruni-timur",
        "kab-pulau-mutiara",
        "layanan-pulau-mutiara",
    },
    "vino": {"kab-seruni-timur", "pu-seruni-timur"},
    "wati": {"kab-pulau-mutiara", "layanan-pulau-mutiara"},
}


@pytest.fixture
def _nation(changed_profile: None) -> None:
    load_nation()


def slugs() -> list[str]:
    return sorted(agency.slug for agency in installation().agencies.values() if agency.is_active)


@pytest.mark.usefixtures("_nation")
def test_everybody_sees_what_lies_in_their_own_line_and_nothing_beside_it() -> None:
    lies_at = {}
    for slug in slugs():
        if not installation().agency_by_slug[slug].examines:
            report = make_report(T0).report
            steps.dispatch(report, by=actor("ayu"), agency=slug, now=T0)
            lies_at[slug] = Report.objects.get(pk=report.pk)
    for name, line in LINES.items():
        seen = {report.pk for report in Report.objects.visible_to(actor(name))}
        assert seen == {lies_at[slug].pk for slug in line}, name
    for name, (slug, report) in product(LINES, lies_at.items()):
        assert may_read(actor(name), report) == (slug in LINES[name]), (name, slug)
    everything = {report.pk for report in lies_at.values()}
    for name in ("ayu", "budi", "citra"):  # the desk in its office, and the nation above it
        assert {report.pk for report in Report.objects.visible_to(actor(name))} == everything


@pytest.mark.usefixtures("_nation")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_handing_on_moves_sight_with_it(data: st.DataObject) -> None:
    there, to = data.draw(
        st.lists(
            st.sampled_from(sorted({s for line in LINES.values() for s in line})), min_size=2, max_size=2, unique=True
        )
    )
    report = make_report(T0).report
    steps.dispatch(report, by=actor("ayu"), agency=there, now=T0)
    giver = next(name for name, line in LINES.items() if there in line)
    taker = next(name for name, line in LINES.items() if to in line)
    steps.transfer(
        report, by=actor(giver), agency=to, reason_code="not_authority", text="Jalan ini bukan milik kami.", now=T0
    )
    steps.accept_transfer(report, by=actor(taker), now=T0)
    for name, line in LINES.items():
        sees = Report.objects.visible_to(actor(name)).filter(pk=report.pk).exists()
        assert sees == (to in line), name
