#!/bin/sh
# Installs the system packages that some tests need, where that is possible; says so where it is not. The tests of what
# is missing then say by themselves that they are left out.
set -u

packages=""
need() { # need PACKAGES COMMAND...: the packages are wanted unless the command works
  wanted=$1
  shift
  "$@" >/dev/null 2>&1 || packages="$packages $wanted"
}

cd "$(dirname "$0")/../.." || exit 1
need tmux command -v tmux
need zsh command -v zsh
need fish command -v fish
need dbus command -v dbus-run-session
need gnome-keyring command -v gnome-keyring-daemon
need libsecret-1-0 node -e 'require("keytar")'
[ -n "$packages" ] || exit 0

left_out() {
  echo "Some tests will be left out: they need$packages ($1)."
  exit 0
}

command -v apt-get >/dev/null 2>&1 || left_out "there is no apt-get here"
if [ "$(id -u)" = 0 ]; then root=""; elif sudo -n true 2>/dev/null; then root="sudo"; else left_out "nobody here may install"; fi

echo "Installing for the tests:$packages"
export DEBIAN_FRONTEND=noninteractive
$root apt-get update -qq >/dev/null 2>&1
# shellcheck disable=SC2086 # a list of names
$root apt-get install -y -qq --no-install-recommends $packages >/dev/null 2>&1 || left_out "they could not be installed"
