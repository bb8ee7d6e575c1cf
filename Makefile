# Two commands for a new machine: `make demo` and `make test`. Each target sets up what it needs and is quick when
# that is there already.

SHELL := /bin/bash
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.installed
APT_STAMP := $(VENV)/.apt

# Found in a bare Debian 12 root: what Qt, a real X server, the tests and code reading need.
APT_QT := libgl1 libegl1 libdbus-1-3 libfontconfig1 libglib2.0-0 libgssapi-krb5-2 libxkbcommon0
APT_X := libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0 libxcb-render-util0 \
  libxcb-image0 libxcb-randr0 libxcb-sync1 libxcb-xfixes0 libx11-xcb1 xvfb xauth
APT_BUILD := gcc python3-dev swig libsane-dev libpcsclite-dev
APT_RUN := libzbar0 espeak-ng gnome-keyring dbus dbus-x11 libsecret-tools libsane1 libusb-1.0-0 libpcsclite1 cups-client
APT_TEST := sane-utils sane-airscan pcscd vsmartcard-vpcd cups-daemon cups-ipp-utils poppler-utils iproute2 fonts-noto-cjk unpaper strace git at-spi2-core gir1.2-atspi-2.0 python3-gi
APT := $(APT_BUILD) $(APT_QT) $(APT_X) $(APT_RUN) $(APT_TEST)
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

# A Secret Service of its own, so that the demo and the tests do not need (or touch) a desktop session's keyring.
SESSION := installer/with-keyring

.PHONY: setup demo tour test bench lint format golden words clean

setup: $(STAMP)

$(APT_STAMP): Makefile
	@missing=""; for p in $(APT); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then echo "Installing Debian packages:$$missing"; \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get update -qq && \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; fi
	@[ -d $(VENV) ] || python3 -m venv $(VENV)
	@touch $@

# Peers that judge us in the tests; one asks for a newer Python than it needs, hence apart from the lock.
$(STAMP): requirements.lock tests/peers.lock pyproject.toml | $(APT_STAMP)
	@echo "Installing the locked Python packages"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(PY) -m pip install --quiet --disable-pip-version-check --ignore-requires-python --no-deps --require-hashes -r tests/peers.lock
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --config-settings editable_mode=compat -e .
	@touch $@

demo: setup
	@if [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then echo "There is no display here, so the tour runs instead (screenshots in var/tour)."; \
	  $(SESSION) $(PY) -m window_client tour --out var/tour; else $(SESSION) $(PY) -m window_client demo; fi

tour: setup
	@$(SESSION) $(PY) -m window_client tour --out var/tour $(TOUR)

# A file's tests stay together, in as many processes as there are cores, four at most: each may start whole counters.
test: setup
	@$(SESSION) $(PY) -m pytest -n auto --maxprocesses 4 --dist loadfile $(T)

bench: setup
	@$(SESSION) $(PY) -m tests.bench $(B)

lint: setup
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports
	@$(PY) -m tests.mirror

format: setup
	@$(VENV)/bin/ruff check --fix . && $(VENV)/bin/ruff format .

# Renew the golden pictures of tests/gui/golden: look at what changed before you keep it.
golden: setup
	@$(PY) -m tests.gui.golden

# Qt Linguist files of the words, for translators; `$(PY) -m ui.linguist import` takes their work back.
words: setup
	@$(PY) -m ui.linguist export

clean:
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .hypothesis
