// Converts images with all their platforms and checks what came out.
//
//   starling script scripts/convert-list.groovy PREFIX IMAGE...
//
// ghcr.io/acme/app:1.0 becomes PREFIX/app:1.0-esgz. One failure does not stop the others.
if (args.size() < 2) {
    println 'usage: starling script convert-list.groovy PREFIX IMAGE...'
    println '  PREFIX   where the results go, for example http://127.0.0.1:5000/lazy'
    println '  IMAGE    images to convert, all platforms of each'
    return
}

def prefix = args[0]
def failed = args.drop(1).findAll { image ->
    def name = image.tokenize('/').last()
    def target = "$prefix/${name.contains(':') ? name : name + ':latest'}-esgz".toString()
    try {
        def converted = convert(source: image, target: target, estargz: true, oci: true, allPlatforms: true, quiet: true)
        def checked = check(ref: target, allPlatforms: true, quiet: true)
        if (checked.exitCode() != 0) {
            throw new IllegalStateException('the result does not check')
        }
        println "$target ${converted.digest()} ${converted.images()*.platform().join(', ')}"
        return false
    } catch (Exception e) {
        println "$image FAILED: $e.message"
        return true
    }
}
if (failed) {
    fail "${failed.size()} of ${args.size() - 1} images failed: ${failed.join(', ')}"
}
