# Sourced by script/bootstrap and script/lock: uv asks the package servers that pip is configured for.
# $1: the Python that has pip; $2: "main" leaves out additional servers and folders.
use_indexes_of_pip() {
  local python=$1 value
  pip_setting() {  # $1: the name in a pip.conf, $2: the environment variable that wins over it
    if [ -n "${!2:-}" ]; then printf '%s' "${!2}"; return; fi
    "$python" -m pip config get "install.$1" 2>/dev/null || "$python" -m pip config get "global.$1" 2>/dev/null || true
  }
  value=$(pip_setting index-url PIP_INDEX_URL);             [ -z "$value" ] || export UV_DEFAULT_INDEX=${UV_DEFAULT_INDEX:-$value}
  value=$(pip_setting cert PIP_CERT);                       [ -z "$value" ] || export SSL_CERT_FILE=${SSL_CERT_FILE:-$value}
  [ "${2:-}" != main ] || return 0
  value=$(pip_setting find-links PIP_FIND_LINKS);           [ -z "$value" ] || export UV_FIND_LINKS=${UV_FIND_LINKS:-$(echo $value | tr ' ' ',')}
  value=$(pip_setting extra-index-url PIP_EXTRA_INDEX_URL)
  if [ -n "$value" ]; then
    # Every package is named by its hash, so it does not matter which server answers first.
    export UV_INDEX=${UV_INDEX:-$(echo $value)} UV_INDEX_STRATEGY=unsafe-best-match
  fi
}
