# Completion of starling for fish; made by: starling completion fish
# It knows the commands of the plugins that were there when it was made.
set -g __starling_awk '@AWK@'
set -g __starling_table '@TABLE@'

function __starling_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    for proposal in (printf '%s\n' $__starling_table | awk "$__starling_awk" $before[2..-1] "$current")
        if string match -q ':files*' -- $proposal
            set -l prefix (string replace -r '^:files\t' '' -- $proposal)
            for file in (__fish_complete_path (string replace -- "$prefix" '' "$current"))
                printf '%s%s\n' "$prefix" $file
            end
        else
            printf '%s\n' $proposal
        end
    end
end
complete -c starling -f -a '(__starling_complete)'
