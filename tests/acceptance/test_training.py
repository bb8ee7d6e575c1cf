"""Training as a whole: a visit with numbers that count nowhere, a store and a service of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.central_process import CentralProcess
from tests.counter import KEY, Counter
from window_client.app import open_with
from window_client.central.client import CentralClient, Rejected
from window_client.central.contract import Submission
from window_client.demo import ROOT, DemoWorld
from window_client.domain.visit import State, Step
from window_client.settings import default_data_folder, read
from window_client.store.errors import StoreError
from window_client.store.store import Store

KINDS = ("id_card", "scanner", "printer", "display")


def test_a_visit_in_training_is_marked_and_known_to_the_training_service_alone(tmp_path: Path) -> None:
    with DemoWorld(tmp_path / "world", kinds=KINDS, keys="file", profile="training") as world:
        with Counter(tmp_path, world=world) as counter:
            counter.up_to(Step.MATERIALS)
            assert counter.state.training, "the exercises are listed"
            counter.desk.begin_exercise("straight")
            counter.until(lambda s: any(one.current for one in s.training), "begun")
            counter.collect()
            counter.sign()
            counter.submit()
            assert counter.state.result is not None
            case_no = counter.state.result.case_no
            counter.printed()
            counter.until(lambda s: s.outbox.waiting == 0 and s.outbox.set_aside == 0, "delivered")
            assert [case.case_no for case in counter.at_centre(case_no)] == [case_no]
            (paper,) = counter.receipts()
            counter.until(lambda s: next(o for o in s.training if o.id == "straight").reached >= 5, "goals reached")
            assert counter.state.visit is not State.IDLE
        settings = read(world.settings())
    assert case_no.startswith("PX")
    text = json.dumps(paper, ensure_ascii=False)
    assert text.count("培训 样张 无效") == 3
    assert case_no in text
    open_with(settings, KEY).close()
    with pytest.raises(StoreError, match="wrong_profile"):
        Store.open(settings.data / "store", KEY, profile="production")


def test_a_production_service_refuses_a_window_of_training_in_everything(tmp_path: Path) -> None:
    with CentralProcess(tmp_path / "central.db", profile="production") as central:
        client = CentralClient(central.url, profile="training")
        try:
            for ask in (client.health, client.catalogue, lambda: client.sign_in("1203", "demo", 12)):
                with pytest.raises(Rejected) as caught:
                    ask()
                assert (caught.value.code, caught.value.status) == ("wrong_profile", 403)
        finally:
            client.close()
        allowed = CentralClient(central.url, profile="production")
        assert allowed.health().profile == "production"
        allowed.close()


def test_a_training_number_is_refused_by_any_other_service_even_without_its_header(tmp_path: Path) -> None:
    with CentralProcess(tmp_path / "central.db", profile="demo") as central:
        client = central.signed_in("1203", window=12)
        case = Submission(
            case_id="7d1d5a52-62f8-4d1b-9b5f-000000000001",
            case_no="PX5107992026112400000017",
            visit_id="v",
            window=12,
            clerk="1203",
            item_id="SC-MKT-001",
            item_version=1,
            catalogue_version="",
            accepted_at="2026-11-24T10:00:00+08:00",
        )
        with pytest.raises(Rejected) as caught:
            client.submit_case(case.case_id, case, key=case.case_id)
        assert caught.value.code == "bad_case_no"


def test_training_has_a_data_folder_of_its_own() -> None:
    assert default_data_folder("training") != default_data_folder()
    assert default_data_folder("production") == default_data_folder()


def test_the_command_is_there_and_says_what_it_is_for() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "window_client", "train", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0
    assert "--fresh" in done.stdout
