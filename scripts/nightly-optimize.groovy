// Optimizes images anew against their workloads, keeping the layers that nothing touches, and reports.
//
//   starling script scripts/nightly-optimize.groovy [--plain-http] [--reports FOLDER] LIST
//
// LIST has a line for each image: SOURCE TARGET [COMMAND...]; # begins a comment. Needs root, runc and FUSE.
def usage = '''\
usage: starling script nightly-optimize.groovy [--plain-http] [--reports FOLDER] LIST
  LIST               a file with lines of SOURCE TARGET [COMMAND...]
  --reports FOLDER   writes a page about each image there
  --plain-http       allow http:// references'''
if ('--help' in args) {
    println usage
    return
}
def plainHttp = false
def reports = null
def list = null
for (int i = 0; i < args.size(); i++) {
    switch (args[i]) {
        case '--plain-http' -> plainHttp = true
        case '--reports' -> reports = Files.createDirectories(Path.of(args[++i]))
        default -> list = Path.of(args[i])
    }
}
if (list == null) {
    throw new IllegalArgumentException('expected LIST; --help tells more')
}
def lines = Files.readAllLines(list)*.replaceAll(/#.*/, '')*.trim().findAll { it }

def quoted = { '"' + it.replace('\\', '\\\\').replace('"', '\\"') + '"' }
def failed = 0
lines.eachWithIndex { line, number ->
    def (source, target) = line.tokenize()
    def command = line.split(/\s+/, 3).drop(2)
    def options = [plainHttp: plainHttp, oci: true, reuse: true, quiet: true]
    if (command) {
        options += [entrypoint: '["/bin/sh", "-c"]', args: "[${quoted(command[0])}]".toString()]
    }
    if (reports) {
        options.report = reports.resolve("${number + 1}-${source.replaceAll(/[^A-Za-z0-9.]+/, '-')}.html").toString()
    }
    try {
        def result = optimize(options, source, target)
        def kept = result.conversion().images()*.layers().flatten().count { "${it.action()}" == 'REUSED' }
        def total = result.trace().total()
        println "$target ${result.conversion().digest()}: ${total.prioritizedFiles()} files in front" +
                " (${total.prioritizedBytes().intdiv(1000)} kB), $kept layers kept"
    } catch (Exception e) {
        failed++
        println "$target FAILED: $e.message"
    }
}
if (failed) {
    fail "$failed of ${lines.size()} images failed"
}
