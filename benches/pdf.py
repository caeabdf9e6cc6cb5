#!/usr/bin/env python3
"""PDF reports beside WeasyPrint's of the same report as HTML, in one run: CPU, pages, size, memory.

    cargo build --release && pip install weasyprint && python3 benches/pdf.py

Ours is a whole process that reads YAML, scores and writes one PDF; theirs is the rendering alone, in a
process that has everything loaded. CPU is user and system time, the least of several runs.
"""
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GAPWISE = ROOT / 'target/release/gapwise'
EXAMPLES = ['corner-bakery', 'neverham-benefits-triage', 'quillhaul', 'riverside-housing', 'northlight-models']
RUNS = 7


def ours(answers, args, folder):
    """CPU in ms and peak memory in MB of one process."""
    best, peak = float('inf'), 0
    for _ in range(RUNS):
        child = os.posix_spawn(GAPWISE, [GAPWISE, 'report', answers, '-o', folder, '--force', *args], os.environ,
                               file_actions=[(os.POSIX_SPAWN_OPEN, 2, '/dev/null', os.O_WRONLY, 0)])
        _, status, used = os.wait4(child, 0)
        assert status == 0, answers
        best, peak = min(best, used.ru_utime + used.ru_stime), max(peak, used.ru_maxrss)
    return best * 1000, peak / 1024


def theirs(page, out):
    """CPU in ms of rendering, and peak memory in MB of the process so far."""
    import weasyprint
    best = float('inf')
    for _ in range(3):
        start = time.process_time()
        weasyprint.HTML(page).write_pdf(out, pdf_variant='pdf/ua-1')
        best = min(best, time.process_time() - start)
    return best * 1000, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def pages(pdf):
    said = subprocess.run(['pdfinfo', pdf], capture_output=True, text=True, check=True).stdout
    return int(next(line.split()[1] for line in said.splitlines() if line.startswith('Pages:')))


def child(page, out):
    cpu, memory = theirs(page, out)
    print(cpu, memory)


def row(name, folder):
    answers = ROOT / 'examples' / name / 'answers.yaml'
    score, _ = ours(answers, ['--format', 'json'], folder)
    cpu, memory = ours(answers, ['--format', 'html,pdf'], folder)
    cpu, memory = ours(answers, ['--format', 'pdf'], folder)
    pdf, other = Path(folder, 'report.pdf'), Path(folder, 'other.pdf')
    said = subprocess.run([sys.executable, __file__, '--one', Path(folder, 'report.html'), other],
                          capture_output=True, text=True, check=True).stdout
    their_cpu, their_memory = map(float, said.split())
    count = pages(pdf)
    print(f'{name:26}{count:6}{cpu:9.1f}{cpu - score:9.1f}{(cpu - score) / count:9.2f}{pdf.stat().st_size / 1000:8.0f}{memory:7.0f}'
          f'{pages(other):9}{their_cpu:9.0f}{other.stat().st_size / 1000:8.0f}{their_memory:7.0f}{their_cpu / cpu:8.0f}')


def main():
    print(f'{"":26}{"pages":>6}{"CPU ms":>9}{"PDF ms":>9}{"a page":>9}{"kB":>8}{"MB":>7}'
          f'{"theirs":>9}{"CPU ms":>9}{"kB":>8}{"MB":>7}{"ratio":>8}')
    with tempfile.TemporaryDirectory() as folder:
        for name in EXAMPLES:
            row(name, folder)
    print('CPU: of the process; PDF: of it without what --format json takes; ratio: their CPU to ours.')


if __name__ == '__main__':
    if sys.argv[1:2] == ['--one']:
        child(*sys.argv[2:])
    else:
        main()
