import { testExamples } from './run-examples';

/** The longest: the whole reference platform, deployed and changed. */
testExamples('README.md');
