#compdef starling
# Completion of starling for zsh; made by: starling completion zsh
# It knows the commands of the plugins that were there when it was made.
_starling_awk='@AWK@'
_starling_table='@TABLE@'

_starling() {
  local proposal word files=
  local -a items
  for proposal in "${(@f)$(printf '%s\n' "$_starling_table" |
      awk "$_starling_awk" "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}")}"; do
    case $proposal in
      '') ;;
      :files*) files=yes ;;
      *)
        word=${proposal%%$'\t'*}
        items+=("${word//:/\\:}:${proposal#*$'\t'}") ;;
    esac
  done
  if [[ -n $files ]]; then
    [[ $PREFIX != --*=* ]] || compset -P '*='
    _files
  fi
  (( ! $#items )) || _describe -V starling items
}

if [[ ${funcstack[1]} == _starling ]]; then
  _starling "$@" # from a folder of $fpath
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
  compdef _starling starling
fi
