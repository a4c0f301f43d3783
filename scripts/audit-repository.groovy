// Tells which images of a repository can be pulled lazily, and why the others cannot.
//
//   starling script scripts/audit-repository.groovy [--plain-http] REPOSITORY...
//
// Ends with exit code 1 if an image cannot, so that a pipeline can insist on it.
def plainHttp = '--plain-http' in args
def repositories = args.findAll { !it.startsWith('--') }
if ('--help' in args || !repositories) {
    println 'usage: starling script audit-repository.groovy [--plain-http] REPOSITORY...'
    println '  REPOSITORY    for example ghcr.io/acme/app'
    println '  --plain-http  reach them over HTTP'
    return
}

def why(image) {
    if (!image.present()) {
        return 'its manifest is not there'
    }
    def kinds = image.layers().findAll { !it.kind().lazy() }.countBy { it.kind().label() }
    kinds.collect { kind, count -> "$count of ${image.layers().size()} layers are $kind" }.join(', ')
}

def eager = 0
for (repository in repositories) {
    def found = parallel(tags(repository, plainHttp: plainHttp).tags(), bound: 8) { tag ->
        [tag, inspect("$repository:$tag".toString(), plainHttp: plainHttp).images()]
    }
    for (entry in found) {
        for (image in entry[1]) {
            if (image.platform()?.toString()?.startsWith('unknown')) {
                continue // an attestation
            }
            eager += image.lazy() ? 0 : 1
            println "$repository:${entry[0]} ${image.platform() ?: '-'} ${image.lazy() ? 'lazy' : 'NOT LAZY: ' + why(image)}"
        }
    }
}
if (eager) {
    fail "$eager images cannot be pulled lazily; see: starling convert --help"
}
