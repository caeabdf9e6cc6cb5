"""Workbooks before other eyes than our own.

    tests/workbook/.venv/bin/python tests/workbook/check.py [GAPWISE]

LibreOffice saves the workbook of each example anew; read back, it gives the same answers file as before.
openpyxl finds what keeps a person from slips: locked sheets, open answer cells that are texts, drop-downs whose
lists are there, colours; and no formula in any cell.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

ROOT = Path(__file__).resolve().parents[2]
HEADS = {"Answer", "Why not applicable", "Note", "Customers may see it", "Answered by"}


def run(*words):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, words))}\n{done.stdout}{done.stderr}")


def saved_anew(books, folder):
    """The same workbooks as LibreOffice writes them; it starts once for all."""
    home = f"-env:UserInstallation=file://{folder}/home"
    run("soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", folder / "anew", *books)
    return [folder / "anew" / book.name for book in books]


def read_back(gapwise, book, to):
    run(gapwise, "workbook", "--read", book, "-o", to)
    return to.read_text()


def head_row(sheet):
    """Number of the row with the heads, and column of each; None on a sheet without questions."""
    for row in sheet.iter_rows(max_row=5):
        heads = {cell.value: cell.column for cell in row if cell.value}
        if {"Id", "Answer"} <= heads.keys():
            return row[0].row, heads
    return None


def faults_of(path):
    """What is missing in a workbook, in words."""
    book = openpyxl.load_workbook(path)
    hidden = book["gapwise"]
    if hidden.sheet_state != "hidden":
        yield "the sheet `gapwise` is not hidden"
    for sheet in book:
        if not sheet.protection.sheet or sheet.protection.password:
            yield f"{sheet.title}: not locked, or with a password"
        if any(cell.data_type == "f" for row in sheet for cell in row):
            yield f"{sheet.title}: a formula"
        found = head_row(sheet)
        if found:
            yield from faults_of_questions(sheet, hidden, *found)


def faults_of_questions(sheet, hidden, first, heads):
    rules = sheet.data_validations.dataValidation
    answer = heads["Answer"]
    for rule in rules:
        place = rule.formula1.partition("!")[2].replace("$", "")
        words = [cell.value for row in hidden[place] for cell in row]
        if rule.type != "list" or not all(words):
            yield f"{sheet.title}: the list {rule.formula1} of {rule.sqref} has gaps"
    for row in sheet.iter_rows(min_row=first + 1):
        key = row[0].value
        cell = row[answer - 1]
        if not row[0].protection.locked or cell.protection.locked or cell.number_format != "@":
            yield f"{sheet.title}: {cell.coordinate} is locked, or no text"
        is_question = "/" not in key
        if is_question and not any(cell.coordinate in rule.sqref for rule in rules):
            yield f"{sheet.title}: {cell.coordinate} has no drop-down"
    if HEADS <= heads.keys() and not sheet.conditional_formatting:
        yield f"{sheet.title}: no colours"


def main():
    gapwise = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT / "target/release/gapwise"
    examples = sorted(ROOT.glob("examples/*/answers.yaml"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        books = [folder / f"{path.parent.name}.xlsx" for path in examples]
        for path, book in zip(examples, books):
            run(gapwise, "workbook", path, "-o", book)
        wrong = [f"{book.name}: {fault}" for book in books for fault in faults_of(book)]
        for book, anew in zip(books, saved_anew(books, folder)):
            ours = read_back(gapwise, book, book.with_suffix(".yaml"))
            if read_back(gapwise, anew, anew.with_suffix(".yaml")) != ours:
                wrong.append(f"{book.name}: LibreOffice saved other answers")
    if wrong:
        sys.exit("\n".join(wrong))
    print(f"{len(books)} workbooks: locked, with drop-downs, and the same after LibreOffice")


main()
