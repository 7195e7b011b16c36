# Sourced by script/server and script/test: makes .venv and installs what the lock files name.
# Needs bash and Python 3.11 or newer, nothing else.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

step() {
  printf '==> %s\n' "$*"
}

fail() {
  printf '\n%s\n' "$@" >&2
  exit 1
}

# The first Python that is new enough; PYTHON=… chooses another.
find_python() {
  local candidate
  for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s' "$candidate"
      return
    fi
  done
  fail "No Python 3.11 or newer was found. Install one, or name it: PYTHON=/path/to/python3.12 $0"
}

has_pip() {
  "$1" -m pip --version >/dev/null 2>&1
}

make_environment() {
  if .venv/bin/python -c '' 2>/dev/null; then return; fi
  local python
  python=$(find_python)
  step "Making a virtual environment in .venv with $("$python" --version)"
  if ! "$python" -c 'import ensurepip' 2>/dev/null && ! has_pip "$python"; then
    fail "This Python cannot make virtual environments. On Debian and Ubuntu:" \
      "    apt-get install python3-venv"
  fi
  "$python" -m venv --clear .venv >/dev/null 2>&1 || "$python" -m venv --clear --without-pip .venv
}

pip_install() {
  if has_pip .venv/bin/python || .venv/bin/python -m ensurepip >/dev/null 2>&1; then
    .venv/bin/python -m pip --disable-pip-version-check install "$@"
  else
    "$(find_python)" -m pip --disable-pip-version-check --python .venv/bin/python install "$@"
  fi
}

# uv is three times as fast, but knows nothing of pip.conf: where it fails, pip may not.
install_with_uv() {
  local uv
  if ! uv=$(command -v uv); then
    uv=.venv/bin/uv
    [ -x "$uv" ] || pip_install -q --require-hashes -r script/uv.txt >/dev/null 2>&1 || return 1
  fi
  # Compiled now, as pip does, instead of at the first start, or at each one where Python may not.
  "$uv" pip install --python .venv/bin/python --compile-bytecode --no-deps --require-hashes -r "$1"
}

# `bootstrap requirements.txt …`: the last one named holds all the packages of those before it.
bootstrap() {
  make_environment
  local last=${*: -1}
  if cmp -s "$last" ".venv/$last"; then return; fi
  step "Installing the packages of $last (a minute or so the first time)"
  install_with_uv "$last" || pip_install --no-deps --require-hashes -r "$last"
  pwd >"$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/helpdesk.pth"
  cp "$@" .venv/
}
