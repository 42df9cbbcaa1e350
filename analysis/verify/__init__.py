"""Find every label and printed cell of the tables in the original documents, each in its own place.

In reading order: `places` (in a text), `findings` (cell by cell).
"""

import hashlib
from dataclasses import replace
from pathlib import Path

import pandas as pd

from .. import plain
from ..errors import UserError, quoted
from ..rows import Record
from ..tables import Tables
from . import findings
from .findings import Finding
from .places import item, pattern

__all__ = ["Finding", "item", "pattern", "verify"]


def verify(tables: Tables, sources: Path, documents: list[str] | None = None) -> list[Finding]:
    """Return one finding a printed cell of documents, targets, milestones, funding and measures.

    Documents without a stored text, such as the benchmark's, have nothing to be looked up in.
    `documents` names those to look up, by default all: an analyst has her own plan's text only.
    A table row is found when its label, unit, baseline, target and remark follow each other with
    nothing but white space and brackets between; a cell of the prose when one sentence of the named
    item holds it together with its label. Raises `UserError` for a missing or a changed document.
    """
    chosen = tables.documents["document_id"].isin(tables.documents["document_id"] if documents is None else documents)
    stored = tables.documents[chosen & tables.documents["source_file"].notna()]
    if stored.empty:
        msg = "No document names its source_file in documents.csv, so nothing can be looked up. Fill it in there."
        raise UserError(msg)
    texts = {row["document_id"]: _read(sources, row) for row in stored.to_dict("records")}
    tables = _of_documents(tables, texts)
    return [
        *findings.documents(stored, texts),
        *findings.targets(tables.targets, texts),
        *findings.measures(tables, texts),
        *findings.statements("milestones", tables.milestones, texts, "label_zh", ("printed_date",)),
        *findings.statements("funding", tables.funding, texts, "recipient_zh", ("purpose_zh", "printed_amount")),
    ]


def _of_documents(tables: Tables, texts: dict[str, str]) -> Tables:
    """Return the tables with the statements of these documents only."""
    frames = {name: getattr(tables, name) for name in ("targets", "measures", "milestones", "funding")}
    return replace(tables, **{name: frame[frame["document_id"].isin(texts)] for name, frame in frames.items()})


def _read(sources: Path, document: Record) -> str:
    name = document["source_file"]
    if name != Path(name).name:  # a table from elsewhere must not have any file of this machine read
        msg = f"{quoted(name)}, a source_file in documents.csv, is not the name of a file. Give it without its folder."
        raise UserError(msg)
    path: Path = sources / name
    content, trouble = plain.attempt(path)
    if trouble:
        msg = f"{path} {trouble[0]}. --sources names the folder that holds the original documents."
        raise UserError(msg)
    checksum = hashlib.sha256(content).hexdigest()
    if pd.isna(document["source_sha256"]):
        msg = f"{path} has no source_sha256 in documents.csv. If it is the text that was read, fill in {checksum}"
        raise UserError(msg)
    if checksum != document["source_sha256"]:
        msg = f"{path} is not the text that was read (its SHA-256 differs from documents.csv). Read it again."
        raise UserError(msg)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        msg = (
            f"{path} is not plain text in UTF-8 ({error.reason}). Store the document's text, not its PDF or Word file."
        )
        raise UserError(msg) from error
