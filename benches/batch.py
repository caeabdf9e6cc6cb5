#!/usr/bin/env python3
"""What a batch costs: made-up clients from files and from lines of JSON, figures only, with HTML, with PDF; memory
at two sizes; one core beside all. Everything in one run, so that figures can be compared.

    cargo build --release && python3 benches/batch.py [CLIENTS] [MANY]

CLIENTS is 10000 unless said, MANY 1000000. CPU is user and system time of the whole process, its start included;
`busy` is how many cores it kept busy. With PDF a tenth of the clients are taken.
"""
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GAPWISE = ROOT / 'target/release/gapwise'
FEW = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
MANY = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000


def made(count, form, to):
    """Clients in a folder, or in a file."""
    words = ['cargo', 'bench', '--quiet', '--bench', 'clients', '--', str(count), '--format', form]
    if form == 'yaml':
        subprocess.run([*words, '-o', to], check=True, cwd=ROOT)
    else:
        with open(to, 'wb') as file:
            subprocess.run(words, check=True, cwd=ROOT, stdout=file)


def run(words):
    """Seconds, seconds of CPU and MB of memory of one process."""
    begin = time.monotonic()
    child = os.posix_spawn(GAPWISE, [GAPWISE, 'batch', *words], os.environ,
                           file_actions=[(os.POSIX_SPAWN_OPEN, 2, '/dev/null', os.O_WRONLY, 0)])
    _, status, used = os.wait4(child, 0)
    # Some made-up names stand twice, which is a failure of these clients.
    assert os.waitstatus_to_exitcode(status) in (0, 1), words
    return time.monotonic() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def row(name, count, source, out, *words):
    wall, cpu, memory = run([source, '-o', os.path.join(out, name.replace(' ', '-')), *words])
    each = cpu / count * 1e6
    print(f'{name:<42} {count:>9,} {wall:>8.1f} s {each:>8.0f} us {cpu / wall:>5.2f} {memory:>6.0f} MB', flush=True)
    return wall, each, memory


def main():
    with tempfile.TemporaryDirectory(dir=os.environ.get('TMPDIR')) as folder:
        files, lines, many = (os.path.join(folder, name) for name in ('files', 'few.ndjson', 'many.ndjson'))
        made(FEW, 'yaml', files)
        made(FEW, 'ndjson', lines)
        tenth = os.path.join(folder, 'tenth.ndjson')
        with open(lines, 'rb') as whole, open(tenth, 'wb') as part:
            part.writelines(next(whole) for _ in range(FEW // 10))
        print(f'{os.cpu_count()} cores; {os.path.getsize(lines) / FEW:.0f} bytes a line')
        print(f'{"":<42} {"clients":>9} {"time":>10} {"CPU each":>11} {"busy":>5} {"memory":>9}')
        none = '--no-reports'
        row('YAML files, figures only', FEW, files, folder, none)
        alone, _, _ = row('lines of JSON, figures only, one core', FEW, lines, folder, none, '--jobs', '1')
        both, bare, low = row('lines of JSON, figures only', FEW, lines, folder, none)
        _, html, _ = row('lines of JSON, with HTML', FEW, lines, folder, '--format', 'html')
        row('lines of JSON, with HTML, one core', FEW, lines, folder, '--format', 'html', '--jobs', '1')
        _, pdf, _ = row('lines of JSON, with PDF', FEW // 10, tenth, folder, '--format', 'pdf')
        _, board, _ = row('lines of JSON, with the board\'s PDF', FEW // 10, tenth, folder, '--format', 'pdf', '--for', 'board')
        print(f'so HTML is {(html - bare) / 1000:.2f} ms a client, PDF {(pdf - bare) / 1000:.1f} ms, '
              f'the two pages for a board {(board - bare) / 1000:.1f} ms')
        print(f'all cores are {alone / both:.2f} times as fast as one')
        made(MANY, 'ndjson', many)
        _, _, high = row('lines of JSON, figures only', MANY, many, folder, none, '--force')
        print(f'memory is {high / low:.2f} times that of {MANY / FEW:.0f} times fewer clients')


main()
