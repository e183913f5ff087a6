"""Words that a shell fills in: commands, options, actions. Fixed words only, never a reference, a login or a team.

The script holds every word, so that a key pressed at the shell starts nothing and reads no records; and nothing of a
case comes to lie in the files of a shell, on a machine that several people share.
"""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import typer

from commands import screen
from commands.registry import COMMANDS
from commands.style import STYLE, examples
from pathways.errors import Mistyped

app = typer.Typer(help="Let your shell fill in commands, options and actions.", **STYLE)

WHERE = {
    "bash": "pathways completion show bash > ~/.local/share/bash-completion/completions/pathways",
    "zsh": "pathways completion show zsh > ~/.pathways-completion; then in ~/.zshrc: source ~/.pathways-completion",
    "fish": "pathways completion show fish > ~/.config/fish/completions/pathways.fish",
    "powershell": "pathways completion show powershell >> $PROFILE",
}
"""What is typed to switch it on, by shell. Nobody's is switched on by itself."""


@app.callback()
def completion() -> None:
    """Let your shell fill in words."""


@app.command(
    help=examples(
        "Print what a shell needs to fill in commands, options and actions: "
        + ", ".join(WHERE)
        + ". It is off until you "
        "put it where your shell reads it, and it never fills in a case.",
        "pathways completion show bash",
        WHERE["bash"],
    )
)
def show(
    shell: Annotated[str, typer.Argument(metavar="[SHELL]", help="bash, zsh, fish or powershell.")] = "",
) -> None:
    """Print a shell's script."""
    made = {"bash": _bash, "zsh": _zsh, "fish": _fish, "powershell": _powershell}
    if not shell:
        screen.say("Off until you switch it on, and it never fills in a case. For your shell, type:")
        for name, line in WHERE.items():
            for each in screen.wrapped(f"  {name}", line, indent=14):
                screen.say(each)
        screen.say("\nNext: pathways completion show bash")
        return
    if shell not in made:
        raise Mistyped(f"There is nothing for {screen.shown(shell)[:40]}. There is: {', '.join(made)}.")
    for line in made[shell](words()):
        screen.as_it_is(line)


def words() -> dict[str, list[str]]:
    """What may follow, by what is typed before it: '' the commands, 'audit' its own, 'audit show' the options."""
    found = {"": list(COMMANDS)}
    for name, (module, _, _) in COMMANDS.items():
        command = typer.main.get_command(import_module(module).app)
        found |= _below(name, command)
    found["do"] += _actions()
    found["help"] += [*COMMANDS, "exit-codes", "dates", "words"]
    return {typed: list(dict.fromkeys(each)) for typed, each in found.items()}


def _below(typed: str, command: Any) -> dict[str, list[str]]:
    below = getattr(command, "commands", {})
    options = [each for param in command.params for each in param.opts if each.startswith("--")]
    found = {typed: [*below, *options, "--help"]}
    for name, each in below.items():
        found |= _below(f"{typed} {name}", each)
    return found


def _actions() -> list[str]:
    from pathways import NAMES, pathway

    return sorted({move.action for name in NAMES for move in pathway(name).moves if not move.by_clock})


def _bash(found: dict[str, list[str]]) -> list[str]:
    cases = [f'    "{typed}") words="{" ".join(each)}" ;;' for typed, each in found.items() if typed]
    return [
        f"# bash: {WHERE['bash']}",
        "_pathways() {",
        '  local words="" typed="" each place=1',
        f'  local top="{" ".join(found[""])}"',
        '  if [ "$COMP_CWORD" -eq 1 ]; then',
        '    COMPREPLY=( $(compgen -W "$top" -- "${COMP_WORDS[1]}") ); return',
        "  fi",
        '  typed="${COMP_WORDS[1]}"',
        '  while [ "$((place += 1))" -lt "$COMP_CWORD" ]; do',
        '    each="$typed ${COMP_WORDS[$place]}"',
        '    case " $_pathways_groups " in *" ${each// /.} "*) typed="$each" ;; *) break ;; esac',
        "  done",
        '  case "$typed" in',
        *cases,
        "  esac",
        '  COMPREPLY=( $(compgen -W "$words" -- "${COMP_WORDS[$COMP_CWORD]}") )',
        "}",
        f'_pathways_groups="{" ".join(typed.replace(" ", ".") for typed in found if " " in typed)}"',
        "complete -o default -F _pathways pathways",
    ]


def _zsh(found: dict[str, list[str]]) -> list[str]:
    return [f"# zsh: {WHERE['zsh']}", "autoload -U +X bashcompinit && bashcompinit", *_bash(found)[1:]]


def _fish(found: dict[str, list[str]]) -> list[str]:
    lines = [f"# fish: {WHERE['fish']}", "complete -c pathways -f"]
    lines.append(f"complete -c pathways -n __fish_use_subcommand -a '{' '.join(found[''])}'")
    for typed, each in found.items():
        if typed:
            seen = "; and ".join(f"__fish_seen_subcommand_from {word}" for word in typed.split())
            lines.append(f"complete -c pathways -n '{seen}' -a '{' '.join(each)}'")
    return lines


def _powershell(found: dict[str, list[str]]) -> list[str]:
    table = [f"  '{typed}' = '{' '.join(each)}'" for typed, each in found.items()]
    return [
        f"# PowerShell: {WHERE['powershell']}",
        "$PathwaysWords = @{",
        *table,
        "}",
        "Register-ArgumentCompleter -Native -CommandName pathways -ScriptBlock {",
        "  param($word, $line, $cursor)",
        "  $before = @($line.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })",
        "  if ($word -ne '' -and $before.Count -gt 0) { $before = @($before | Select-Object -SkipLast 1) }",
        "  $typed = ''",
        "  foreach ($each in $before) {",
        "    $next = ($typed + ' ' + $each).Trim()",
        "    if ($PathwaysWords.ContainsKey($next)) { $typed = $next } else { break }",
        "  }",
        "  $PathwaysWords[$typed] -split ' ' | Where-Object { $_ -like ($word + '*') }",
        "}",
    ]
