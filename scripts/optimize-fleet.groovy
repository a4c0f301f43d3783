// Optimizes many images, each for its workload, a few at a time.
//
//   starling script scripts/optimize-fleet.groovy -- [--bound N] [--again] FLEET.yaml
//
// What has been optimized is noted in FLEET.yaml.done with the source's digest, the workload and the result, so that
// the same line goes on where it was interrupted and later does what has changed. Needs root, runc and FUSE.
def usage = '''\
usage: starling script optimize-fleet.groovy -- [--bound N] [--again] FLEET.yaml
  FLEET.yaml  the images and their workloads:
                defaults: {plain-http: true, period: 20}    # for all of them; may be left out
                images:
                  - image: ghcr.io/acme/app:1.0
                    target: registry.example/app:1.0-lazy
                    entrypoint: [/bin/app]                  # these and all further names are options of
                    args: [--serve]                         # 'starling optimize', without dashes in front
                    env: {MODE: warm}
                    wait-on-line: ready
                    platforms: [linux/amd64, linux/arm64]
  --bound N   how many images at a time (2)
  --again     also those that are up to date'''
if ('--help' in args || '-h' in args) {
    println usage
    return
}
def bound = 2
def again = false
def file = null
for (int i = 0; i < args.size(); i++) {
    switch (args[i]) {
        case '--bound' -> bound = args[++i] as int
        case '--again' -> again = true
        default -> file = Path.of(args[i])
    }
}
if (file == null) {
    fail 'expected FLEET.yaml; --help tells more'
}

def fleet = yaml(file)
def images = fleet instanceof Map ? fleet.images : fleet
def defaults = fleet instanceof Map ? fleet.defaults ?: [:] : [:]
if (!(images instanceof List) || !images.every { it instanceof Map && it.image && it.target }) {
    fail "$file: expected a list 'images' whose items have image and target; --help shows one"
}
def twice = images.countBy { it.target }.findAll { it.value > 1 }.keySet()
if (twice) {
    fail "$file: several images have the target ${twice.join(', ')}"
}

def state = Path.of("${file}.done")
def done = Files.exists(state) ? Files.readAllLines(state).collectEntries { [it.tokenize()[0], it] } : [:]
def json = { it instanceof List ? toJson(it) : it }

def optimizeOne = { Map item ->
    def options = [oci: true, quiet: true] + defaults + item.findAll { !(it.key in ['image', 'target']) }
    options += options.subMap(['args', 'entrypoint']).findAll { it.value != null }.collectEntries { [it.key, json(it.value)] }
    def http = options['plain-http'] == true || options.plainHttp == true
    def source = inspect("${item.image}".toString(), plainHttp: http).digest()
    def workload = UUID.nameUUIDFromBytes(toJson(options).bytes)
    def known = "${item.target} $source $workload".toString()
    if (!again && "${done[item.target]}".startsWith(known + ' ')) {
        try {
            def there = inspect("${item.target}".toString(), plainHttp: http).digest()
            if (done[item.target] == "$known $there".toString()) {
                return [state: 'up to date', digest: there]
            }
        } catch (IOException gone) {
            log.info "${item.target} is not there any more: $gone.message"
        }
    }
    def result = optimize(options, "${item.image}", "${item.target}")
    synchronized (done) {
        done[item.target] = "$known ${result.conversion().digest()}".toString()
        Files.write(state, done.values().toSorted())
    }
    def total = result.trace()?.total()
    [state: 'optimized', digest: result.conversion().digest(), files: total?.prioritizedFiles(), bytes: total?.prioritizedBytes()]
}

def attempts = progress('fleet', images.size()) { fleetProgress ->
    parallel(images, bound: bound, keepGoing: true) { item ->
        try {
            optimizeOne(item)
        } finally {
            fleetProgress.advance()
        }
    }
}

def rows = [['TARGET', 'STATE', 'IN FRONT', 'DIGEST OR REASON']]
for (attempt in attempts) {
    def value = attempt.value()
    def front = value?.files == null ? '-' : "${value.files} files, ${value.bytes.intdiv(1000)} kB"
    rows << ["${attempt.item().target}", value ? value.state : 'FAILED', front, value ? value.digest : attempt.failure().message]
}
def widths = (0..2).collect { column -> rows.collect { "${it[column]}".size() }.max() }
rows.each { row ->
    println "${row[0].toString().padRight(widths[0])}  ${row[1].toString().padRight(widths[1])}  ${row[2].toString().padRight(widths[2])}  ${row[3]}"
}
def failed = attempts.count { !it.isDone() }
if (failed) {
    fail "$failed of ${images.size()} images failed; the same line tries them again"
}
