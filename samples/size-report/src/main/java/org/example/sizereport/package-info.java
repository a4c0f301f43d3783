/** Where the bytes of an image are: a command that a plugin brings, and its record. */
package org.example.sizereport;
