# Completion of starling for bash; made by: starling completion bash
# It knows the commands of the plugins that were there when it was made.
_starling_awk='@AWK@'
_starling_table='@TABLE@'

_starling() {
  local line=${COMP_LINE:0:COMP_POINT} current parted cut='' proposal before file
  local words=()
  COMPREPLY=()
  # Readline parts words at ':' and '=', which image names and options have.
  read -ra words <<<"$line"
  [[ $line == *[[:blank:]] ]] && words+=('')
  current=${words[${#words[@]}-1]}
  [[ $COMP_WORDBREAKS == *:* ]] && parted=:
  [[ $COMP_WORDBREAKS == *=* ]] && parted+==
  [[ -z $parted ]] || cut=${current%"${current##*[$parted]}"}
  while IFS= read -r proposal; do
    if [[ $proposal == :files* ]]; then
      before=${proposal#*$'\t'}
      compopt -o filenames 2>/dev/null
      while IFS= read -r file; do
        proposal=$before$file
        COMPREPLY+=("${proposal#"$cut"}")
      done < <(compgen -f -- "${current#"$before"}")
    else
      proposal=${proposal%%$'\t'*}
      COMPREPLY+=("${proposal#"$cut"}")
    fi
  done < <(printf '%s\n' "$_starling_table" | awk "$_starling_awk" "${words[@]:1}")
}
complete -F _starling starling
