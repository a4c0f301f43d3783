// Converts every tag of a repository that matches a pattern, with all platforms, into another one.
//
//   starling script scripts/mirror-and-convert.groovy [--bound N] [--plain-http] SOURCE PATTERN TARGET
//
// SOURCE:1.0 becomes TARGET:1.0-esgz. What has been converted is noted in a file, by the source's digest, so that
// the same line goes on where it was interrupted and later converts only what has changed.
def usage = '''\
usage: starling script mirror-and-convert.groovy [--bound N] [--plain-http] SOURCE PATTERN TARGET
  SOURCE        a repository, for example ghcr.io/acme/app
  PATTERN       a regular expression that the whole tag matches, for example '1\\\\..*'
  TARGET        the repository for the results, for example http://127.0.0.1:5000/lazy/app
  --bound N     how many images at a time (2)
  --plain-http  reach both over HTTP'''
if ('--help' in args) {
    println usage
    return
}
def bound = 2
def plainHttp = false
def names = []
for (int i = 0; i < args.size(); i++) {
    switch (args[i]) {
        case '--plain-http' -> plainHttp = true
        case '--bound' -> bound = args[++i] as int
        default -> names << args[i]
    }
}
if (names.size() != 3) {
    throw new IllegalArgumentException("expected SOURCE PATTERN TARGET, not ${names.size()} words; --help tells more")
}
def (source, pattern, target) = names

def state = Path.of("mirror-${(source + ' ' + target).replaceAll(/[^A-Za-z0-9]+/, '-')}.done")
def done = Files.exists(state) ? Files.readAllLines(state) as Set : [] as Set
def present = { repository ->
    try {
        tags(repository, plainHttp: plainHttp).tags() as Set
    } catch (IOException none) {
        [] as Set // it is made by the first push
    }
}
def there = present(target)
def wanted = tags(source, plainHttp: plainHttp).tags().findAll { it ==~ pattern }
log.info "${wanted.size()} tags of $source match $pattern"

def attempts = parallel(wanted, bound: bound, keepGoing: true) { tag ->
    def image = "$source:$tag".toString()
    def result = "$target:$tag-esgz".toString()
    def digest = inspect(image, plainHttp: plainHttp).digest()
    def line = "$digest $result".toString()
    if (line in done && "$tag-esgz".toString() in there) {
        return "$result is up to date"
    }
    retry(3) {
        convert(source: image, target: result, estargz: true, oci: true, allPlatforms: true, push: !result.contains('://'),
                plainHttp: plainHttp, quiet: true)
    }
    synchronized (state) {
        Files.writeString(state, "$line\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND)
    }
    "$result converted"
}
attempts.each { println it.isDone() ? it.value() : "$source:${it.item()} FAILED: ${it.failure().message}" }
def failed = attempts.count { !it.isDone() }
if (failed) {
    fail "$failed of ${wanted.size()} tags failed; the same line tries them again"
}
