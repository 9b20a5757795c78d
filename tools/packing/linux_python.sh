#!/bin/sh
# Builds a CPython that runs on any desktop with glibc 2.28 or newer, out of Debian's sources with their security patches.
# All its modules are in one program, and the libraries that they need. Usage: linux_python.sh DIR MACHINE PYTHON ZIG
# DIR/MACHINE/made gets python3.11, lib/, licences/ and sources.txt. MACHINE is x86_64 or aarch64; PYTHON a Python 3.11;
# ZIG the zig of PyPI's ziglang. SOURCE_DATE_EPOCH dates the program. Nothing is asked of the machine but apt-get, dpkg-dev,
# make and tclsh, nothing is installed into it.
set -eu

dir=$1 machine=$2 python=$3 zig=$4
here=$dir/$machine
rm -rf "$here"
mkdir -p "$here/bin" "$here/src" "$here/made/licences" "$here/deps/lib" "$here/deps/include"
# Nothing of the person's own settings, and no path in what is made.
export HOME="$here" LC_ALL=C.UTF-8 TZ=UTC ZIG_GLOBAL_CACHE_DIR="$dir/zig" ZIG_LOCAL_CACHE_DIR="$dir/zig"
unset PYTHONPATH PYTHONHOME CFLAGS CPPFLAGS LDFLAGS MAKEFLAGS MFLAGS

# ------------------------------------------------------------------------------------------------------------- sources
# apt checks signatures and hashes; lists and downloads lie in DIR, so that no root is needed.
packages="python3.11 libffi expat zlib bzip2 xz-utils sqlite3"
mkdir -p "$dir/apt/lists/partial" "$dir/apt/archives/partial" "$dir/sources"
cd "$dir/sources"
apt() {
    apt-get -qq -o Acquire::Retries=2 -o Acquire::http::Timeout=60 -o APT::Sandbox::User=root \
        -o Dir::Etc::SourceList="$dir/apt/sources.list" -o Dir::Etc::SourceParts=- \
        -o Dir::State::Lists="$dir/apt/lists" -o Dir::Cache="$dir/apt" "$@"
}
for archive in "debian bookworm" "debian-security bookworm-security"; do
    echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/$archive main"
done >"$dir/apt/sources.list"
no_source() {
    echo "Debian 的源代码取不到（deb.debian.org），请检查网络。" >&2
    exit 1
}
apt update --error-on=any || no_source
for package in $packages; do
    wanted=$package
    apt source --download-only "$wanted" || {
        wanted=$package/bookworm
        echo "$package 最新的安全更新没有取到（原因见上），改用 bookworm 里的版本。" >&2
        apt source --download-only "$wanted" || no_source
    }
    # Asked in another folder: what is here already is not named.
    dsc=$(cd "$here" && apt source --print-uris "$wanted" | sed -n "s/.* \(${package}_[^ ]*\.dsc\) .*/\1/p")
    dpkg-source -x "$dsc" "$here/src/$package" >"$here/unpacking.log" 2>&1 || { cat "$here/unpacking.log" >&2; exit 1; }
    cp "$here/src/$package/debian/copyright" "$here/made/licences/$package.txt"
    basename "$dsc" .dsc | tr _ ' ' >>"$here/made/sources.txt"
done

# ------------------------------------------------------------------------------------------------------------ compiler
# glibc 2.28 is what 统信 UOS 20 has; 麒麟 V10 has 2.31.
tool() { # NAME COMMAND…
    name=$1
    shift
    printf '#!/bin/sh\nexec "%s" %s "$@"\n' "$zig" "$*" >"$here/bin/$name"
    chmod +x "$here/bin/$name"
}
tool cc cc -target "$machine-linux-gnu.2.28" -fno-sanitize=undefined "-ffile-prefix-map=$here=." -Wno-date-time
tool cc-here cc -fno-sanitize=undefined
tool ar ar
tool ranlib ranlib
export CC="$here/bin/cc" AR="$here/bin/ar" RANLIB="$here/bin/ranlib"
build=$(uname -m)-linux-gnu
host=$machine-linux-gnu
jobs=$(nproc)

# ----------------------------------------------------------------------------------------------------------- libraries
# Hidden: what is loaded into the program later has libraries of its own, perhaps others of the same name.
flags="-O2 -g0 -w -fPIC -fvisibility=hidden"
library() { # NAME FLAGS FILES… in the folder where we are
    name=$1 more=$2
    shift 2
    mkdir -p "$here/deps/$name"
    for file; do
        # shellcheck disable=SC2086  # lists of flags
        "$CC" $flags $more -c "$file" -o "$here/deps/$name/$(basename "$file" .c).o"
    done
    "$AR" rcsD "$here/deps/lib/lib$name.a" "$here/deps/$name"/*.o
}
cd "$here/src/zlib"
library z "-DHAVE_UNISTD_H -DHAVE_STDARG_H -D_LARGEFILE64_SOURCE=1" adler32.c compress.c crc32.c deflate.c gzclose.c gzlib.c \
    gzread.c gzwrite.c infback.c inffast.c inflate.c inftrees.c trees.c uncompr.c zutil.c
cp zlib.h zconf.h "$here/deps/include"
cd "$here/src/bzip2"
library bz2 -D_FILE_OFFSET_BITS=64 blocksort.c huffman.c crctable.c randtable.c compress.c decompress.c bzlib.c
cp bzlib.h "$here/deps/include"
cd "$here/src/expat/expat/lib"
: >expat_config.h
library expat "-I. -DBYTEORDER=1234 -DXML_NS -DXML_DTD -DXML_CONTEXT_BYTES=1024 -DHAVE_GETRANDOM -DHAVE_MEMMOVE" \
    xmlparse.c xmlrole.c xmltok.c
cp expat.h expat_external.h "$here/deps/include"
cd "$here/src/sqlite3"
# The one file of all its sources; the programs that write it run here.
{ CC="$here/bin/cc-here" ./configure --disable-tcl --disable-readline && make sqlite3.c; } >"$here/library.log" 2>&1 ||
    { tail -n 30 "$here/library.log" >&2; exit 1; }
library sqlite3 "-DSQLITE_THREADSAFE=1 -DSQLITE_OMIT_LOAD_EXTENSION -DSQLITE_ENABLE_FTS5" sqlite3.c
cp sqlite3.h "$here/deps/include"
configured() { # PACKAGE OPTIONS…
    cd "$here/src/$1"
    shift
    { CFLAGS="$flags" ./configure --build="$build" --host="$host" --prefix="$here/deps" --disable-shared "$@" &&
        make -j"$jobs" install; } >"$here/library.log" 2>&1 || { tail -n 30 "$here/library.log" >&2; exit 1; }
}
configured libffi --disable-docs --disable-exec-static-tramp --disable-multi-os-directory
configured xz-utils --disable-xz --disable-xzdec --disable-lzmadec --disable-lzmainfo --disable-scripts --disable-doc \
    --disable-nls gl_cv_cc_visibility=no

# ------------------------------------------------------------------------------------------------------------- CPython
# The answers after the last option are those of Linux: what another machine does cannot be tried here.
cd "$here/src/python3.11"
ran() { "$@" >>"$here/python.log" 2>&1 || { tail -n 30 "$here/python.log" >&2; exit 1; }; }
ran env MODULE_BUILDTYPE=static ./configure --build="$build" --host="$host" --with-build-python="$python" \
    --prefix=/xl-perf --disable-test-modules --without-ensurepip --with-system-expat --with-pkg-config=no \
    CPPFLAGS="-I$here/deps/include" CFLAGS="-g0" LDFLAGS="-L$here/deps/lib -s" \
    READELF=true ac_cv_file__dev_ptmx=yes ac_cv_file__dev_ptc=no ac_cv_buggy_getaddrinfo=no
# All modules that there is a library for, but those for systems and users that are not here.
grep -Ev '^(nis|ossaudiodev|_crypt|spwd|_xxtestfuzz|_test[a-z]*) ' Modules/Setup.stdlib | sed '/^\*shared\*/,$d' >Modules/Setup.local
echo '_ctypes _ctypes/_ctypes.c _ctypes/callbacks.c _ctypes/callproc.c _ctypes/stgdict.c _ctypes/cfield.c' \
    '-DHAVE_FFI_PREP_CIF_VAR -DHAVE_FFI_PREP_CLOSURE_LOC -DHAVE_FFI_CLOSURE_ALLOC -lffi' >>Modules/Setup.local
for module in zlib _bz2 _lzma _sqlite3 pyexpat _elementtree _decimal _ctypes _multiprocessing _posixshmem; do
    grep -q "^$module " Modules/Setup.local || { echo "configure left out the module $module" >&2; exit 1; }
done
ran make -j"$jobs" python
cp python "$here/made/python3.11"
cp -R Lib "$here/made/lib"
cp "$(dirname "$zig")/LICENSE" "$here/made/licences/ziglang.txt"
echo "ziglang $("$zig" version)" >>"$here/made/sources.txt"
rm -rf "$here/src" "$here/deps" "$dir/zig"
