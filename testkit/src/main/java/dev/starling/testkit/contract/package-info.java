/**
 * What every image source and sink must do, as suites of tests. To test an implementation, make a
 * {@link dev.starling.testkit.contract.TestRepository} of it and subclass {@link
 * dev.starling.testkit.contract.ImageSourceContract} and {@link
 * dev.starling.testkit.contract.ImageSinkContract} in the module's tests.
 */
package dev.starling.testkit.contract;
