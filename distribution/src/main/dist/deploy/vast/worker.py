#!/usr/bin/env python3
"""Becomes dray: finds the packaged worker, or fetches it, and replaces this process with it.

Put this file and requirements.txt into a git repository of your own and name that repository in PYWORKER_REPO of a
Vast.ai template: start_server.sh clones it and runs worker.py, as it would any PyWorker. Read from the environment:

  DRAY_HOME      folder of an unpacked package (it holds bin/dray); then nothing is fetched
  DRAY_URL       where dray-<version>-linux-x64.tar.gz lies: https://…, http://… or file:///…
  DRAY_SHA256    the tarball's checksum, 64 hexadecimal digits; always needed with DRAY_URL
  DRAY_CONFIG    worker.yaml to run with; without it the environment and the plugin's defaults do ($BACKEND, …)
  WORKSPACE_DIR  what is fetched stays below it, in dray/<checksum>, for the next start; default /workspace

Arguments go on to dray; without any it is `run`. The environment stays, and so does the process id: the supervisor's
SIGTERM reaches dray itself, which drains. Python 3.8 or newer, no packages.
"""

import fcntl
import hashlib
import os
import re
import shutil
import sys
import tarfile
import tempfile
import urllib.error
import urllib.parse
import urllib.request

CONNECT_SECONDS = 30
CHUNK_BYTES = 1 << 20
SHA256 = re.compile("[0-9a-f]{64}")


class Refused(Exception):
    """What is wrong with the settings or the download, in words for the operator."""


def say(text):
    print("worker.py: " + text, file=sys.stderr, flush=True)


def variable(name):
    return os.environ.get(name, "").strip()


def program_of(home, name):
    """The launcher in a package's folder."""
    program = os.path.join(home, "bin", "dray")
    if not os.access(program, os.X_OK):
        raise Refused("%s is '%s', and there is no program %s; expected the folder of an unpacked dray package"
                      % (name, home, program))
    return program


def settings():
    """Address and checksum, checked."""
    url = variable("DRAY_URL")
    if not url:
        raise Refused("neither DRAY_HOME nor DRAY_URL is set; set DRAY_HOME to the folder of an unpacked dray package, "
                      "or DRAY_URL to its tarball (https:// or file://) and DRAY_SHA256 to the tarball's checksum")
    if urllib.parse.urlsplit(url).scheme not in ("https", "http", "file"):
        raise Refused("DRAY_URL is '%s'; expected an address that begins with https://, http:// or file://" % url)
    checksum = variable("DRAY_SHA256").lower()
    if not SHA256.fullmatch(checksum):
        raise Refused("DRAY_SHA256 is '%s'; expected the 64 hexadecimal digits that `sha256sum` prints for the tarball "
                      "at DRAY_URL: what is fetched is run, so nothing unknown is" % checksum)
    return url, checksum


def fetch(url, checksum, path):
    """Downloads to a file and compares what came with the checksum."""
    say("fetching %s" % url)
    digest = hashlib.sha256()
    length = 0
    try:
        with urllib.request.urlopen(url, timeout=CONNECT_SECONDS) as answer, open(path, "wb") as file:
            expected = answer.headers.get("Content-Length")
            for chunk in iter(lambda: answer.read(CHUNK_BYTES), b""):
                digest.update(chunk)
                file.write(chunk)
                length += len(chunk)
    except (OSError, urllib.error.URLError) as fault:
        raise Refused("DRAY_URL '%s' cannot be fetched: %s; check the address, and that this machine reaches it"
                      % (url, getattr(fault, "reason", fault)))
    if expected and int(expected) != length:
        raise Refused("DRAY_URL '%s' broke off: %d of %s bytes came; start again" % (url, length, expected))
    if digest.hexdigest() != checksum:
        raise Refused("what DRAY_URL '%s' gave has the checksum %s, and DRAY_SHA256 is %s; name the checksum of exactly "
                      "this tarball, or the tarball of this checksum" % (url, digest.hexdigest(), checksum))


def is_inside(member):
    """Whether a member stays below the one folder, a link's target too (the licences of Java are links)."""
    top = member.name.split("/")[0]
    path = member.name
    if member.issym() and not os.path.isabs(member.linkname):
        path = os.path.join(os.path.dirname(member.name), member.linkname)
    elif not (member.isfile() or member.isdir()):
        return False
    return top not in ("", "..") and ".." not in member.name.split("/") and (
        os.path.normpath(path) + "/").startswith(top + "/")


def unpack(tarball, folder):
    """Unpacks; nothing may lead out of the folder. The one folder inside is what counts."""
    try:
        with tarfile.open(tarball, "r:gz") as archive:
            for member in archive.getmembers():
                if not is_inside(member):
                    raise Refused("the tarball at DRAY_URL holds '%s', which is no file, folder or link below one folder; "
                                  "expected dray-<version>-linux-x64.tar.gz" % member.name)
            # Owners of the build machine mean nothing here; the times must stay, the start-up cache compares them.
            archive.extractall(folder, **({"filter": "tar"} if hasattr(tarfile, "tar_filter") else {}))
    except (tarfile.TarError, EOFError, OSError) as fault:
        raise Refused("what DRAY_URL gave cannot be unpacked: %s; expected dray-<version>-linux-x64.tar.gz, and room for "
                      "it in WORKSPACE_DIR" % fault)
    inside = os.listdir(folder)
    if len(inside) != 1 or not os.access(os.path.join(folder, inside[0], "bin", "dray"), os.X_OK):
        raise Refused("the tarball at DRAY_URL holds %s; expected one folder with bin/dray in it" % sorted(inside))
    return os.path.join(folder, inside[0])


def kept(url, checksum):
    """The folder of this checksum, fetched if it is not there yet; complete or not there at all."""
    workspace = variable("WORKSPACE_DIR") or "/workspace"
    root = os.path.join(workspace, "dray")
    home = os.path.join(root, checksum)
    try:
        os.makedirs(root, exist_ok=True)
        lock = open(os.path.join(root, "lock"), "w")
    except OSError as fault:
        raise Refused("WORKSPACE_DIR is '%s' and cannot be written: %s; name a folder on a disk with 200 MB to spare"
                      % (workspace, fault))
    with lock:
        # The second of two waits here and finds what the first has fetched. The lock ends with the process.
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("another start is fetching dray; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        if os.path.isdir(home):
            return home
        for left in os.listdir(root):
            # Of a start that was killed: nobody else is at work while the lock is held.
            if left.startswith("part-"):
                shutil.rmtree(os.path.join(root, left), ignore_errors=True)
        part = tempfile.mkdtemp(prefix="part-", dir=root)
        try:
            tarball = os.path.join(part, "package.tar.gz")
            fetch(url, checksum, tarball)
            folder = os.path.join(part, "unpacked")
            os.mkdir(folder)
            os.rename(unpack(tarball, folder), home)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        say("kept in %s" % home)
        return home


def find():
    home = variable("DRAY_HOME")
    if home:
        return program_of(home, "DRAY_HOME")
    url, checksum = settings()
    return program_of(kept(url, checksum), "the kept package")


def arguments():
    given = sys.argv[1:] or ["run"]
    config = variable("DRAY_CONFIG")
    if config and given == ["run"]:
        return given + ["--config", config]
    return given


def main():
    try:
        program = find()
    except Refused as refused:
        say(str(refused))
        return 2
    os.execv(program, [program] + arguments())


if __name__ == "__main__":
    sys.exit(main())
