# Finds a JDK 25 by reading 'release' files; starts no java, because that costs a tenth of a second each.
# Sourced by the launchers. Call find_jdk with what must be there, 'java' or 'javac': sets JDK, or returns 1 after
# filling LOOKED_AT with a line for each place.

JDK=
LOOKED_AT=

# Where installers put JDKs; the last two are macOS.
JDK_FOLDERS=(
  /usr/lib/jvm/* /usr/java/* /opt/* /opt/java/* /usr/local/lib/jvm/*
  "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/*
  "${HOME:-/nonexistent}"/.asdf/installs/java/* "${HOME:-/nonexistent}"/.local/share/mise/installs/java/*
  /Library/Java/JavaVirtualMachines/*/Contents/Home
  "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home
)

find_jdk() {
  local needed=$1 candidate
  JDK=
  LOOKED_AT=
  if [ -n "${JAVA_HOME:-}" ]; then
    try_jdk 'JAVA_HOME' "$JAVA_HOME" "$needed" && return 0
  else
    LOOKED_AT="$LOOKED_AT  JAVA_HOME: not set"$'\n'
  fi
  try_path "$needed" && return 0
  for candidate in ${JDK_FOLDERS[@]+"${JDK_FOLDERS[@]}"}; do
    if [ -f "$candidate/release" ]; then
      try_jdk 'usual folders' "$candidate" "$needed" && return 0
    fi
  done
  LOOKED_AT="$LOOKED_AT  usual folders: /usr/lib/jvm, /usr/java, /opt, ~/.sdkman/candidates/java, ~/.jdks, ~/.asdf, mise"$'\n'
  return 1
}

# The 'java' on the PATH, wherever its links lead.
try_path() {
  local java link
  java=$(command -v java) || {
    LOOKED_AT="$LOOKED_AT  java on the PATH: none"$'\n'
    return 1
  }
  while link=$(readlink "$java"); do
    case $link in
      /*) java=$link ;;
      *) java=$(dirname "$java")/$link ;;
    esac
  done
  try_jdk 'java on the PATH' "$(cd "$(dirname "$java")/.." && pwd -P)" "$1"
}

# try_jdk <where> <folder> <java|javac>
try_jdk() {
  local line version=
  if [ -f "$2/release" ]; then
    while IFS= read -r line; do
      case $line in
        JAVA_VERSION=*)
          version=${line#JAVA_VERSION=}
          version=${version//\"/}
          version=${version%$'\r'}
          ;;
      esac
    done <"$2/release"
  fi
  case $version in
    25 | 25.* | 25-* | 25+*)
      if [ -x "$2/bin/$3" ]; then
        JDK=$2
        return 0
      fi
      LOOKED_AT="$LOOKED_AT  $1: $2 is Java $version without bin/$3"$'\n'
      ;;
    '') LOOKED_AT="$LOOKED_AT  $1: $2 has no 'release' file that names a version"$'\n' ;;
    *) LOOKED_AT="$LOOKED_AT  $1: $2 is Java $version"$'\n' ;;
  esac
  return 1
}

no_jdk() {
  {
    echo "dray: no JDK 25 found; dray needs one. Looked at:"
    printf '%s' "$LOOKED_AT"
    echo "Get one, for example from https://adoptium.net/temurin/releases/?version=25"
    echo "or with 'sdk install java 25-tem' (https://sdkman.io), then set JAVA_HOME to its folder, or unpack it under ~/.jdks."
  } >&2
  exit 1
}
