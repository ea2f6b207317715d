"""Errors that people marked: read, weighed, compared."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from eval.annotations import (
    Mark,
    agreement_rows,
    category_rows,
    read_marks,
    system_rows,
)
from eval.cli.main import cli
from translate.errors import InputError

HEAD = "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity\n"
ROWS = (
    ("good", "d", "1", "r1", "The <v>chat</v> sleeps.", "Accuracy/Mistranslation", "Major"),
    ("good", "d", "1", "r2", "The <v>chat sleeps</v>.", "Accuracy/Mistranslation", "Minor"),
    ("good", "d", "2", "r1", "It rains.", "No-error", "No-error"),
    ("good", "d", "2", "r2", "It rains<v>.</v>", "Fluency/Punctuation", "Minor"),
    ("poor", "d", "1", "r1", "<v>Xx xx</v>", "Non-translation!", "Major"),
    ("poor", "d", "2", "r1", "It <v>rain</v>.", "Fluency/Grammar", "minor"),
)


def mqm(path: Path) -> Path:
    lines = [
        "\t".join([system, doc, doc, segment, rater, "Le chat “dort”.", target, kind, severity])
        for system, doc, segment, rater, target, kind, severity in ROWS
    ]
    path.write_text(HEAD + "\n".join(lines) + "\n")
    return path


def test_wmt_tsv(tmp_path: Path) -> None:
    marks = read_marks(mqm(tmp_path / "m.tsv")).marks
    assert marks[0] == Mark("good", "d:1", "r1", "Accuracy/Mistranslation", "Major", (4, 8))
    assert [mark.points for mark in marks] == [5, 1, 0, 0.1, 25, 1]


def test_points_are_means_of_raters(tmp_path: Path) -> None:
    head, good, poor = system_rows(read_marks(mqm(tmp_path / "m.tsv")))
    assert head[4] == "MQM points/segment"
    assert list(good[:3]) == ["good", "2", "3"]
    assert good[4] == f"{((5 + 1) / 2 + 0.1 / 2) / 2:.2f}"
    assert poor[4] == "13.00"


def test_shares_by_category(tmp_path: Path) -> None:
    rows = category_rows(read_marks(mqm(tmp_path / "m.tsv")))
    assert rows[0] == ["category", "severity", "good", "poor"]
    assert rows[1] == ["Non-translation!", "major", "0.0 % (0)", "96.2 % (1)"]


def test_agreement(tmp_path: Path) -> None:
    rows = agreement_rows(read_marks(mqm(tmp_path / "m.tsv")))
    assert rows[1] == ["r1", "r2", "2", "1.00", f"{2 * 4 / (4 + 12):.2f}"]


def test_esa(tmp_path: Path) -> None:
    path = tmp_path / "esa.csv"
    path.write_text(
        "login,system,itemID,score,spans\n"
        'r1,good,1,90,"[{""start_i"": 4, ""end_i"": 8, ""severity"": ""minor""}]"\n'
        "r1,good,2,100,[]\n"
        'r1,poor,1,20,"[{""start_i"": ""missing"", ""end_i"": ""missing"", '
        '""severity"": ""major""}]"\n'
    )
    marks = read_marks(path)
    rows = list(csv.reader(path.read_text().splitlines()))
    with (tmp_path / "quoted.tsv").open("w", newline="") as file:
        csv.writer(file, "excel-tab").writerows(rows)
    (tmp_path / "plain.tsv").write_text("".join("\t".join(row) + "\n" for row in rows))
    assert '""start_i""' in (tmp_path / "quoted.tsv").read_text()
    assert read_marks(tmp_path / "quoted.tsv") == read_marks(tmp_path / "plain.tsv") == marks
    assert [mark.points for mark in marks.marks] == [1, 0, 5]
    assert marks.marks[2].category == "Accuracy/Omission"
    assert [row[-1] for row in system_rows(marks)] == ["ESA", "95.0", "20.0"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "has no rows"),
        ("a\tb\n", "has no rows"),
        ("a\tb\nc\td\n", "is neither MQM"),
        (HEAD + "a\tb\n", "line 2 has 2 of 9 columns"),
        ("category\tseverity\nx\ty\n", "has no column system, seg_id, rater, target"),
        ("system,seg_id,score\na,1,many\n", "line 2: no score"),
        ('system,seg_id,score,spans\na,1,3,"[{]"\n', "line 2: no score, or spans"),
    ],
)
def test_bad_files(content: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "m").write_text(content)
    with pytest.raises(InputError, match=says):
        read_marks(tmp_path / "m")


def test_the_command(tmp_path: Path) -> None:
    file = str(mqm(tmp_path / "m.tsv"))
    done = CliRunner().invoke(cli, ["errors", file], catch_exceptions=False)
    assert "MQM points/segment" in done.stdout
    assert "F1 of marked characters" in done.stdout
