# Reads the table of commands and prints what may stand where the line ends: for each proposal the
# word, a tab and a description; ":files" and what stands before the file's name if it is a file.
# The arguments are the words after the program; the last one is being typed. No single quotes here.
BEGIN {
  FS = "\t"
  for (i = 1; i < ARGC; i++) typed[i] = ARGV[i]
  count = ARGC - 1
  ARGC = 1
}
$1 == "data" { data = $2 }
$1 == "command" { target[$2, $3] = $4; names[$2] = names[$2] "\n" $3 "\t" $5 }
$1 == "alias" { target[$2, $3] = $4 }
$1 == "option" { kind[$2, $3] = $4; words[$2, $3] = $5; options[$2] = options[$2] "\n" $3 "\t" $6 }
$1 == "name" { kind[$2, $3] = $4; words[$2, $3] = $5 }
$1 == "value" {
  n = ++values[$2]
  from[$2, n] = $3; to[$2, n] = $4; valuekind[$2, n] = $5; valuewords[$2, n] = $6
}
END {
  path = "/"
  for (i = 1; i < count; i++) step(typed[i])
  word = typed[count]
  if (open != "") {
    value(kind[path, open], words[path, open], word, "")
  } else if (!ended && word ~ /^--[^=]+=/) {
    name = substr(word, 1, index(word, "=") - 1)
    value(kind[path, name], words[path, name], substr(word, index(word, "=") + 1), name "=")
  } else if (!ended && word ~ /^-/) {
    propose(options[path], word)
  } else {
    if (position == 0) propose(names[path], word)
    for (n = 1; n <= values[path]; n++)
      if (from[path, n] <= position && position <= to[path, n]) {
        value(valuekind[path, n], valuewords[path, n], word, "")
        break
      }
  }
}
function step(word) {
  if (open != "") open = ""
  else if (!ended && word == "--") ended = 1
  else if (!ended && word ~ /^-/) {
    if (((path, word) in kind) && kind[path, word] != "flag") open = word
  } else if (position == 0 && ((path, word) in target)) path = target[path, word]
  else position++
}
function propose(lines, prefix,    all, i) {
  n = split(lines, all, "\n")
  for (i = 1; i <= n; i++) if (all[i] != "" && index(all[i], prefix) == 1) print all[i]
}
function value(kind, words, word, before,    all, i, comma) {
  if (kind == "file") print ":files\t" before
  if (kind == "image") images(word, before)
  if (kind == "list") {
    comma = match(word, /,[^,]*$/)
    before = before substr(word, 1, comma)
    word = substr(word, comma + 1)
  }
  n = split(words, all, " ")
  for (i = 1; i <= n; i++) if (index(all[i], word) == 1) print before all[i] "\t"
}
# The names in the index of the local image store, a file of JSON.
function images(word, before,    file, line, parts, i, name) {
  file = ENVIRON["STARLING_DATA_DIR"]
  file = (file == "" ? data : file) "/images/index.json"
  while ((getline line < file) > 0) {
    n = split(line, parts, "\"")
    for (i = 1; i + 2 <= n; i++)
      if (parts[i] == "io.containerd.image.name") {
        name = parts[i + 2]
        if (word != "" && index(name, word) != 1) sub(/^docker\.io\/(library\/)?/, "", name)
        if (index(name, word) == 1) print before name "\tlocal"
      }
  }
}
