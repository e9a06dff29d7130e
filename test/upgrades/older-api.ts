import './without-points-use';
import '../../api/server';
