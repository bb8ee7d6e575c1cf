import json
import shutil
from pathlib import Path

from tests.unit.window_client.central.service.samples import Hall
from window_client.central.service import demo, documents
from window_client.central.service.call import Documents


def test_the_mark_follows_the_content(papers: Documents, tmp_path: Path) -> None:
    copy = tmp_path / "catalogue.json"
    shutil.copy(demo.DEMO / "catalogue.json", copy)
    same = documents.load(copy, demo.RESOURCES / "forms")
    copy.write_text(copy.read_text("utf-8").replace("社会保障卡申领", "社会保障卡申请"), "utf-8")
    other = documents.load(copy, demo.RESOURCES / "forms")

    assert same.catalogue_etag == papers.catalogue_etag
    assert other.catalogue_etag != papers.catalogue_etag
    assert other.forms_etag == papers.forms_etag


def test_all_forms_are_in_one_document(papers: Documents) -> None:
    forms = json.loads(papers.forms_body)["forms"]

    assert len(forms) == len(list((demo.RESOURCES / "forms").glob("*.toml")))
    assert {"SC-MKT-001", "general-person"} <= {form["id"] for form in forms}


def test_windows_follow_the_catalogue_and_keep_their_fences(hall: Hall) -> None:
    hall.db.execute("UPDATE windows SET fence = 7 WHERE no = 12")
    hall.run(documents.set_up_windows)

    assert hall.db.execute("SELECT fence FROM windows WHERE no = 12").fetchone()[0] == 7
    served = [row[0] for row in hall.db.execute("SELECT category FROM serves WHERE no = 12 ORDER BY category")]
    assert served == ["A", "C", "E"]


def test_the_staff_stands_in_the_catalogue(papers: Documents) -> None:
    assert {"1203", "1304"} <= {person["account"] for person in documents.staff(papers)}
