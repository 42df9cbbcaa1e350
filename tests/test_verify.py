"""A printed cell counts as found only in its own place of the original document."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis import verify
from analysis.errors import UserError
from analysis.tables import Tables

# A document in the manner of a plan: a table cut by a blank line, a page break inside a sentence.
TEXT = """测试市方案

测府〔2030〕1号

测试市人民政府

2030年1月2日

一、目标

指标	基期	目标
专利代理机构（家）	16	20

商标
量
300

400
累计值

二、任务

（一）运用

1. 金融。专项资金 20 万元支持甲区

政府建设。每年开展一次以上培训。

2. 导航。完成 2 个以上重点产业和 3 个领域的导航。到 2031 年底申报试验区。〔责任单位:市甲局(乙局)、丙

局，各区〕
"""


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    (tmp_path / "plan.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def made(plans: Tables, targets: list[dict]) -> Tables:
    """Return tables of one document with these targets and no milestones and sums."""
    document = {
        "document_id": "test-plan", "title_zh": "测试市方案", "number": "测府〔2030〕1号",
        "issuer_zh": "测试市人民政府",
        "issued": "2030-01-02", "source_file": "plan.txt", "source_sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
    }  # fmt: skip
    empty = {"document_id": "test-plan", "printed_unit": None, "printed_baseline": None, "printed_remark": None}
    rows = [empty | {"target_id": f"t{place}", "unit_status": "printed"} | row for place, row in enumerate(targets)]
    return replace(
        plans,
        documents=pd.DataFrame([document]),
        targets=pd.DataFrame(rows),
        measures=plans.measures.iloc[:0],
        milestones=plans.milestones.iloc[:0],
        funding=plans.funding.iloc[:0],
    )


def all_found(plans: Tables, sources: Path, **row: str) -> bool:
    findings = verify.verify(made(plans, [row]), sources)
    return all(finding.found for finding in findings)


def test_a_table_row_is_found_with_its_cells_in_order(plans: Tables, sources: Path) -> None:
    row = {"locator": "table:1", "label_zh": "专利代理机构", "printed_unit": "家", "printed_baseline": "16"}
    assert all_found(plans, sources, **row, printed_target="20")
    assert not all_found(plans, sources, **row, printed_target="400")
    assert not all_found(plans, sources, **(row | {"printed_baseline": "6"}), printed_target="20")
    assert not all_found(plans, sources, **(row | {"printed_unit": "件"}), printed_target="20")


def test_a_target_without_a_locator_is_a_finding(plans: Tables, sources: Path) -> None:
    row = {"locator": None, "label_zh": "专利代理机构", "printed_target": "20"}
    (finding,) = [found for found in verify.verify(made(plans, [row]), sources) if not found.found]
    assert str(finding) == "targets.csv, t0, column locator is empty: nothing says where to look. Fill it in."


def test_a_row_broken_over_lines_is_found_and_its_lost_unit_counted(plans: Tables, sources: Path) -> None:
    row = {"locator": "table:2", "label_zh": "商标量", "printed_baseline": "300", "printed_target": "400"}
    tables = made(plans, [row | {"printed_remark": "累计值", "unit_status": "inferred"}])
    findings = verify.verify(tables, sources)
    assert all(finding.found for finding in findings)
    assert sum(finding.lost_unit for finding in findings) == 1


def test_a_cell_of_the_prose_must_share_a_sentence_with_its_label(plans: Tables, sources: Path) -> None:
    row = {"locator": "二（一）2", "label_zh": "重点产业…的导航"}
    assert all_found(plans, sources, **row, printed_target="2 个以上")
    assert not all_found(plans, sources, **row, printed_target="2031")
    assert not all_found(plans, sources, **row, printed_target="一次以上")


def test_a_cell_must_stand_in_the_item_that_its_row_names(plans: Tables, sources: Path) -> None:
    row = {"label_zh": "培训", "printed_target": "一次以上"}
    assert all_found(plans, sources, **row, locator="二（一）1")
    assert not all_found(plans, sources, **row, locator="二（一）2")
    assert not all_found(plans, sources, **row, locator="三（一）1")


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["市甲局(乙局)", "丙局", "各区"], True),
        (["市甲局(乙局)", "各区"], False),
        (["丙局", "市甲局(乙局)", "各区"], False),
        (["市甲局(乙局)", "丙局"], False),
    ],
)
def test_a_list_of_agencies_is_found_whole_and_in_order_or_not_at_all(
    plans: Tables, sources: Path, names: list[str], *, found: bool
) -> None:
    measure = {
        "measure_id": "m",
        "document_id": "test-plan",
        "number": "二(一)2",
        "title_zh": "导航",
        "group_zh": "运用",
    }
    listed = pd.DataFrame({"measure_id": "m", "printed_name": names})
    tables = replace(made(plans, []), measures=pd.DataFrame([measure]), responsibilities=listed)
    tables = replace(tables, targets=plans.targets.iloc[:0])
    findings = [finding for finding in verify.verify(tables, sources) if finding.table == "responsibilities"]
    assert [finding.found for finding in findings] == [found] * len(names)


def test_text_runs_on_over_a_page_break() -> None:
    part = verify.item(TEXT, "二（一）1")
    assert "甲区\n\n政府" in part
    assert part.strip().startswith("1. 金融")
    assert part.rstrip().endswith("每年开展一次以上培训。")
    import re

    assert re.search(verify.pattern("甲区政府"), TEXT)


def test_a_missing_and_a_changed_document_are_refused(plans: Tables, sources: Path) -> None:
    tables = made(plans, [{"locator": "table:1", "label_zh": "商标量", "printed_target": "400"}])
    (sources / "plan.txt").write_text(TEXT + " ", encoding="utf-8")
    with pytest.raises(UserError, match="is not the text that was read"):
        verify.verify(tables, sources)
    (sources / "plan.txt").unlink()
    with pytest.raises(UserError, match=r"plan\.txt is missing"):
        verify.verify(tables, sources)
