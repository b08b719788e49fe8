# shellcheck shell=bash
# What script/run and script/test share: source it at the top of the checkout, then call `set_up run` or `set_up test`.

# Without its bytecode at hand opprod takes seconds longer to start.
unset PYTHONDONTWRITEBYTECODE

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }
has_command() { command -v "$1" >/dev/null; }

# Makes .venv/ and the front-end assets ready, and leaves the checkout locked for the caller to unlock.
set_up() {
    local purpose=$1 python='' packages
    lock_checkout
    is_set_up "$purpose" || python=$(find_python)
    mapfile -t packages < <(missing_packages "$purpose" "$python")
    (( ${#packages[@]} == 0 )) || install_packages "${packages[@]}"
    [[ -z $python ]] || install_python "$purpose" "$python"
    .venv/bin/python script/fetch_assets.py
}

# A set-up that is killed leaves the lock with the children it had started, so the next one waits for them to end.
lock_checkout() {
    exec 9<script/setup.sh
    flock --nonblock 9 || { say 'Waiting for another set-up of this checkout to finish'; flock 9; }
}
unlock_checkout() { exec 9<&-; }

# What .venv/set-up says of a finished environment: what it is for, a digest of what decides its contents, and where.
stamp() {
    echo "$1 $(cat pyproject.toml requirements.txt requirements-dev.txt script/setup.sh | sha256sum | cut -c1-64) $PWD"
}

is_set_up() {
    local found
    [[ -x .venv/bin/python && -f .venv/set-up ]] || return 1
    found=$(<.venv/set-up)
    [[ $found == "$(stamp "$1")" || $found == "$(stamp test)" ]]
}

find_python() {
    local name
    for name in python3.11 python3; do
        # In an active virtual environment the one it was made from, as that environment may be ours.
        "$name" -c 'import sys; sys.version_info < (3, 11) and sys.exit(1); print(sys._base_executable)' 2>/dev/null && return
    done
    die 'opprod needs Python 3.11 or later, as python3.11 or python3 on the PATH'
}

# missing_packages PURPOSE PYTHON prints the Debian packages to install; PYTHON is empty where .venv/ is ready.
missing_packages() {
    local libraries
    libraries=$(PATH=$PATH:/usr/sbin:/sbin ldconfig -p)
    [[ $libraries == *libpango-1.0.so.* ]] || echo libpango-1.0-0
    [[ $libraries == *libpangoft2-1.0.so.* ]] || echo libpangoft2-1.0-0
    [[ $libraries == *libharfbuzz-subset.so.* ]] || echo libharfbuzz-subset0
    compgen -G '/usr/share/fonts/*/liberation*/LiberationSans-Regular*' >/dev/null || echo fonts-liberation
    # Debian parts venv from its Python. uv does without.
    if [[ $2 == /usr/bin/* ]] && ! has_command uv; then
        "$2" -c 'import ensurepip' 2>/dev/null || "$2" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])'
    fi
    [[ $1 == test ]] || return 0
    [[ $libraries == *libatomic.so.* ]] || echo libatomic1 # for Playwright's driver
    has_command chromium || echo chromium
    has_command pdftotext || echo poppler-utils
}

install_packages() {
    local apt=(apt-get -o DPkg::Lock::Timeout=300 --quiet)
    has_command apt-get || die "opprod needs what Debian calls $*"
    (( EUID == 0 )) || die "Packages are missing. Install them, then try again: sudo apt-get install $*"
    say "Installing $*"
    dpkg --configure -a >&2 # what an interrupted installation left undone
    "${apt[@]}" update >&2
    DEBIAN_FRONTEND=noninteractive "${apt[@]}" install --yes --no-install-recommends "$@" >&2
}

install_python() {
    local purpose=$1 python=$2 found install requirements="requirements.txt"
    [[ $purpose == run ]] || requirements="requirements-dev.txt"
    if has_command uv; then
        install=(uv pip install --python .venv)
    else
        install=(.venv/bin/python -m pip install --no-compile)
    fi
    # Without its stamp an environment is half-finished, and may hold packages that only look whole. Moved, its
    # commands point to where it was.
    found=$(cat .venv/set-up 2>/dev/null || true)
    rm -f .venv/set-up
    if [[ $found != *" $PWD" ]] || ! "${install[@]}" --help >/dev/null 2>&1; then
        say "Creating .venv/ with $python"
        if has_command uv; then
            uv venv --quiet --clear --python "$python" .venv
        else
            "$python" -m venv --clear .venv
        fi
    fi
    say "Installing $requirements"
    # Also as a constraint, or pip before 23.3 takes the newest of what a package wants with extras, and refuses it.
    "${install[@]}" --quiet --require-hashes --only-binary :all: --requirement "$requirements" --constraint "$requirements" >&2
    "${install[@]}" --quiet --no-deps --no-build-isolation --editable . >&2
    stamp "$purpose" >.venv/set-up
}
