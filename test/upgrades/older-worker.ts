import './without-points-use';
import '../../workers/main';
