/** What images have in common: a command that a plugin brings, and its record. */
package org.example.sharedlayers;
