// Tells how two images differ: layers, sizes, config and, of lazily readable layers, files and what is prioritized.
//
//   starling script scripts/compare-tags.groovy -- [--platform P] [--plain-http] [--all] [--exit-code] REF1 REF2
//
// Only manifests and TOCs are fetched.
def usage = '''\
usage: starling script compare-tags.groovy -- [--platform P] [--plain-http] [--all] [--exit-code] REF1 REF2
  REF1, REF2     images, for example ghcr.io/acme/app:1.0 ghcr.io/acme/app:1.1
  --platform P   which of an index's images (that of this machine)
  --plain-http   reach their registries over HTTP
  --all          list all the files, not the first 20 of each kind
  --exit-code    end with exit code 1 if files differ'''
if ('--help' in args || '-h' in args) {
    println usage
    return
}
def architecture = [amd64: 'amd64', x86_64: 'amd64', aarch64: 'arm64'].get(System.getProperty('os.arch'))
def platform = null
def flags = args.findAll { it in ['--plain-http', '--all', '--exit-code'] }
def plainHttp = '--plain-http' in flags
def most = '--all' in flags ? Integer.MAX_VALUE : 20
def names = []
for (int i = 0; i < args.size(); i++) {
    switch (args[i]) {
        case '--platform' -> platform = args[++i]
        default -> { if (!(args[i] in flags)) names << args[i] }
    }
}
if (names.size() != 2) {
    fail "expected REF1 REF2, not ${names.size()} words; --help tells more"
}

def size = { bytes -> bytes < 10_000 ? "$bytes B" : bytes < 10_000_000 ? "${bytes.intdiv(1000)} kB" : "${bytes.intdiv(1000_000)} MB" }

// A layer's TOC on top of the files of the layers below it; gives the files that are prioritized.
def lay = { List entries, Map files ->
    for (entry in entries.findAll { it.name =~ /(^|\/)\.wh\./ }) {
        def name = entry.name.replaceFirst(/\/$/, '')
        def hidden = name.endsWith('.wh..wh..opq') ? name - '.wh..wh..opq' : name.replaceFirst(/\.wh\.([^\/]+)$/, '$1')
        files.keySet().removeIf { it == hidden || it.startsWith(hidden.endsWith('/') ? hidden : hidden + '/') }
    }
    def front = [:]
    def landmark = entries.findIndexOf { it.name == '.prefetch.landmark' }
    entries.eachWithIndex { entry, index ->
        if (entry.type == 'chunk' || entry.name =~ /(^|\/)\.wh\./ || entry.name in ['.prefetch.landmark', '.no.prefetch.landmark']) {
            return
        }
        def name = entry.name.replaceFirst(/\/$/, '')
        def what = entry.subMap(['type', 'size', 'mode', 'uid', 'gid', 'linkName', 'digest', 'xattrs', 'devMajor', 'devMinor'])
        files[name] = what
        if (index < landmark && entry.type == 'reg') {
            front[name] = (entry.size ?: 0) as long
        }
    }
    front
}

def tocs = [:]
def read = { String ref ->
    def found = inspect(ref, platforms: platform ? [platform] : [], plainHttp: plainHttp).images().findAll { it.present() }
    def image = found.find { "${it.platform()}".startsWith("linux/$architecture") } ?: found[0]
    if (image == null) {
        fail "$ref has no image that is here" + (platform ? " for $platform" : '')
    }
    def of = [plainHttp: plainHttp] + (image.platform() && found.size() > 1 ? [platform: "${image.platform()}".toString()] : [:])
    def settings = json(config(of, ref).content()).config ?: [:]
    def files = [:]
    def front = [:]
    image.layers().eachWithIndex { layer, index ->
        if (layer.kind().lazy()) {
            def key = "${layer.digest()}".toString()
            if (!tocs.containsKey(key)) {
                def text = toc(of + [layer: "${index + 1}".toString(), dump: true], ref).layers().first().toc()
                tocs[key] = json(text).entries
            }
            front.putAll(lay(tocs[key], files))
        }
    }
    [ref: ref, image: image, config: settings, files: files, front: front, eager: image.layers().count { !it.kind().lazy() }]
}
def list = { String title, Collection lines ->
    if (lines) {
        println "$title (${lines.size()}):"
        lines.take(most).each { println "  $it" }
        if (lines.size() > most) {
            println "  ... and ${lines.size() - most} more; --all lists them"
        }
    }
}

def sides = names.collect { read("$it".toString()) }
def (one, two) = sides
sides.each { side ->
    def image = side.image
    println "${side.ref}  ${image.platform() ?: '-'}  ${image.digest()}  ${size(image.size())} in ${image.layers().size()} layers"
}

def digests = sides.collect { side -> side.image.layers().collectEntries { ["${it.digest()}".toString(), it] } }
def shared = digests[0].keySet().intersect(digests[1].keySet())
def layerLine = { layer -> "${layer.digest()}  ${layer.kind().label()}  ${size(layer.size())}" }
list('layers in both', shared.collect { layerLine(digests[0][it]) })
list('layers removed', (digests[0].keySet() - shared).collect { layerLine(digests[0][it]) })
list('layers added', (digests[1].keySet() - shared).collect { layerLine(digests[1][it]) })
list('config changed', (one.config.keySet() + two.config.keySet()).toSorted().findAll { one.config[it] != two.config[it] }
        .collect { "$it: ${toJson(one.config[it])} -> ${toJson(two.config[it])}" })

sides.findAll { it.eager }.each {
    println "${it.ref}: ${it.eager} of ${it.image.layers().size()} layers cannot be read lazily; their files are not compared"
}
def differ = false
if (!sides.any { it.eager }) {
    def before = one.files
    def after = two.files
    def bytes = { Map all, paths -> size(paths.sum { (all[it].size ?: 0) as long } ?: 0) }
    def removed = (before.keySet() - after.keySet()).toSorted()
    def added = (after.keySet() - before.keySet()).toSorted()
    def changed = before.keySet().findAll { after.containsKey(it) && before[it] != after[it] }.toSorted()
    differ = removed || added || changed
    println "files: ${before.size()} -> ${after.size()}; ${removed.size()} removed (${bytes(before, removed)})," +
            " ${added.size()} added (${bytes(after, added)}), ${changed.size()} changed (${bytes(after, changed)})"
    list('files removed', removed)
    list('files added', added.collect { "$it  ${size(after[it].size ?: 0)}" })
    list('files changed', changed.collect { "$it  ${size(before[it].size ?: 0)} -> ${size(after[it].size ?: 0)}" })
    println "prioritized: ${one.front.size()} files (${size(one.front.values().sum() ?: 0)}) ->" +
            " ${two.front.size()} files (${size(two.front.values().sum() ?: 0)})"
    list('prioritized no more', (one.front.keySet() - two.front.keySet()).toSorted())
    list('prioritized now', (two.front.keySet() - one.front.keySet()).toSorted())
}
if (differ && '--exit-code' in flags) {
    fail 'the files differ'
}
