# How a layer gets its packages: installed once for each state of REQUIREMENTS and of the Makefiles, then copied.
#
# Built for Lambda on arm64 with Python 3.13; with BATON_LAYER_TARGET=local for the Python that builds it.
# BATON_LAYER_CACHE names a folder that keeps the installed packages from one build to the next.
# A Makefile that includes this sets REQUIREMENTS, and SPARED: what of its packages the layer does without.
PYTHON ?= python3
BATON_LAYER_TARGET ?= lambda
BATON_LAYER_CACHE ?= $(abspath .layer-cache)

ifeq ($(BATON_LAYER_TARGET),local)
COMPILER := $(PYTHON)
else
PIP_TARGET := --platform manylinux2014_aarch64 --platform manylinux_2_28_aarch64 --python-version 3.13 --implementation cp --only-binary=:all:
# Bytecode is only of use to the Python version that made it.
COMPILER := $(shell python3.13 -c 'print("python3.13")' 2>/dev/null)
endif

PACKAGES := $(BATON_LAYER_CACHE)/$(shell $(PYTHON) -c 'import hashlib, sys; files = [open(name, "rb").read() for name in sys.argv[2:]]; \
	print(hashlib.sha256(b"".join(files) + (sys.argv[1] + sys.version).encode()).hexdigest()[:16])' \
	"$(BATON_LAYER_TARGET) $(COMPILER)" $(REQUIREMENTS) $(MAKEFILE_LIST))
COMPILE = $(if $(COMPILER),$(COMPILER) -m compileall -q -f -j 0 --invalidation-mode unchecked-hash -s $(1) -p /opt/python $(1))
LAYER = $(ARTIFACTS_DIR)/python

# Takes the compiled packages along, and gives every file the same time, so that the same layer is the same archive.
define ADD_PACKAGES
find $(LAYER) -name __pycache__ -prune -exec rm -rf {} +
$(call COMPILE,$(LAYER))
cp -R $(PACKAGES)/. $(LAYER)/
find $(LAYER) -exec touch -t 200001010000 {} +
endef

# Licences and METADATA stay: the packages' licences ask for the first, importlib.metadata for the second.
$(PACKAGES):
	rm -rf $@.part
	$(PYTHON) -m pip install -qq --disable-pip-version-check --no-input --no-compile --require-hashes --no-deps \
		$(PIP_TARGET) --target $@.part -r $(REQUIREMENTS)
	rm -rf $@.part/bin
	cd $@.part && $(SPARED)
	find $@.part -type d \( -name tests -o -name __pycache__ \) -prune -exec rm -rf {} +
	find $@.part -path '*.dist-info/*' \( -name RECORD -o -name INSTALLER -o -name REQUESTED -o -name WHEEL \) -delete
	$(call COMPILE,$@.part)
	mv $@.part $@
