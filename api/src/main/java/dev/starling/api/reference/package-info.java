/**
 * References: how a person names an image. {@link dev.starling.api.reference.RegistryReference}
 * names a repository of a registry, {@link dev.starling.api.reference.LayoutReference} a directory
 * in OCI image layout. {@link dev.starling.api.reference.Reference#parse} reads both; a new kind of
 * place is a new permitted type and a new scheme there.
 */
package dev.starling.api.reference;
