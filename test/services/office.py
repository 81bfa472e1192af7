"""Opens documents in a headless LibreOffice over UNO and says what their cells are.

Reads a JSON list of {"path", "password"} from standard input and writes a JSON list: {"sheets": [{"name", "rows", "shown", "formulas"}]}
or {"refused": why}. `rows` are values as LibreOffice has them, `shown` the same as a person reads them.
"""

import json
import os
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue

PATIENCE_SECONDS = 120
FORMULAS = 16


def connect(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def option(name, value):
    one = PropertyValue()
    one.Name = name
    one.Value = value
    return one


def read_sheet(sheet):
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last_column, last_row = cursor.RangeAddress.EndColumn, cursor.RangeAddress.EndRow
    area = sheet.getCellRangeByPosition(0, 0, last_column, last_row)
    formulas = area.queryContentCells(FORMULAS).getCells().createEnumeration()
    count = 0
    while formulas.hasMoreElements():
        formulas.nextElement()
        count += 1
    shown = [
        [sheet.getCellByPosition(column, row).String for column in range(last_column + 1)]
        for row in range(min(last_row + 1, 50))
    ]
    return {"name": sheet.Name, "rows": area.getDataArray(), "shown": shown, "formulas": count}


def read(desktop, path, password):
    options = (option("Hidden", True), option("ReadOnly", True), option("Password", password))
    try:
        document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, options)
    except Exception as error:
        return {"refused": type(error).__name__}
    if document is None:
        return {"refused": "nothing was loaded"}
    try:
        return {"sheets": [read_sheet(sheet) for sheet in document.Sheets]}
    finally:
        document.close(True)


def main():
    jobs = json.load(sys.stdin)
    pipe = f"garim-{os.getpid()}"
    with tempfile.TemporaryDirectory(prefix="garim-office-") as profile:
        office = subprocess.Popen(
            [
                "soffice",
                f"-env:UserInstallation=file://{profile}",
                "--headless",
                "--norestore",
                "--nologo",
                "--nodefault",
                f"--accept=pipe,name={pipe};urp;",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            context = connect(pipe)
            desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
            answers = [read(desktop, job["path"], job["password"]) for job in jobs]
            try:
                desktop.terminate()
            except Exception:
                pass
            json.dump(answers, sys.stdout)
        finally:
            try:
                office.wait(20)
            except subprocess.TimeoutExpired:
                office.terminate()


main()
