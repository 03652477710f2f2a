import { meetings } from '../../support/broken/meetings';

meetings(27);
