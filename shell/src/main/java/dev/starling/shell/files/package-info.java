/**
 * What several packages of the shell do with folders: removing one with all that is in it, and
 * finding those whose process is gone. It knows nothing of what lies in them.
 */
package dev.starling.shell.files;
