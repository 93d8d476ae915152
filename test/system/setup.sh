#!/bin/sh
# Installs what the test of the real keychain needs, where that is possible; says so where it is not.
set -u

works() {
  command -v gnome-keyring-daemon && command -v dbus-run-session && node -e 'require("keytar")'
} >/dev/null 2>&1

left_out() {
  echo "The test of the real keychain is left out: it needs gnome-keyring, libsecret-1-0 and dbus ($1)."
  exit 0
}

cd "$(dirname "$0")/../.." || exit 1
works && exit 0
command -v apt-get >/dev/null 2>&1 || left_out "there is no apt-get here"
if [ "$(id -u)" = 0 ]; then root=""; elif sudo -n true 2>/dev/null; then root="sudo"; else left_out "nobody here may install"; fi

echo "Installing gnome-keyring, libsecret-1-0 and dbus for the test of the real keychain"
export DEBIAN_FRONTEND=noninteractive
$root apt-get update -qq >/dev/null 2>&1
$root apt-get install -y -qq --no-install-recommends gnome-keyring libsecret-1-0 dbus >/dev/null 2>&1
works || left_out "they could not be installed"
